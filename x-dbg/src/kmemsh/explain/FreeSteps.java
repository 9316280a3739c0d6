package kmemsh.explain;

import java.util.ArrayList;
import java.util.List;
import kmemsh.trace.Fact;
import kmemsh.view.MachineNames;

/** Tells how pages come back: to a page set, from there to the buddy lists, and their merging. */
final class FreeSteps {
  private static final int MIGRATE_PCPTYPES = 3;

  private final FactCursor cursor;
  private final Paper paper;
  private final MachineNames names;
  private final boolean all;

  /** Whether the frees told now are the unused rest of an allocation. */
  boolean insideAllocation;

  FreeSteps(FactCursor cursor, Paper paper, MachineNames names, boolean all) {
    this.cursor = cursor;
    this.paper = paper;
    this.names = names;
    this.all = all;
  }

  /** Tells a free, and those behind it that do the same. */
  void free() {
    if (cursor.kindAt(1) == Fact.PCP_PUT) {
      toPageSet();
    } else {
      toBuddy();
    }
  }

  private static int order(Fact free) {
    return free.is(Fact.MM_PAGE_FREE) ? free.at(1) : 0;
  }

  private void toPageSet() {
    List<Integer> pfns = new ArrayList<>();
    Fact free = cursor.next();
    Fact put = cursor.next();
    pfns.add(free.at(0));
    Fact last = put;
    while (!all && isFree(cursor.kind()) && cursor.kindAt(1) == Fact.PCP_PUT && alike(put)) {
      pfns.add(cursor.next().at(0));
      last = cursor.next();
    }
    paper.line(0, "__free_pages: order " + order(free) + ", pfn " + Words.runs(pfns, order(free)));
    int type = put.at(4);
    int list = Math.min(type, MIGRATE_PCPTYPES) == MIGRATE_PCPTYPES ? 1 : type;
    paper.line(
        1,
        "free_unref_page: to the head of "
            + Words.pcpList(put.at(1), put.at(3), list)
            + (list == type ? "" : " (the pageblock is " + Words.type(type) + ")"));
    paper.line(
        2,
        names.zone(put.at(0))
            + ": "
            + Words.pages(last.at(5))
            + " in the set, high "
            + Words.count(last.at(6)));
    if (cursor.kind() == Fact.PCP_DRAIN) {
      drain(1);
    }
  }

  private static boolean isFree(int kind) {
    return kind == Fact.MM_PAGE_FREE || kind == Fact.MM_PAGE_FREE_BATCHED;
  }

  /** Whether the next free goes to the same list as {@code put}. */
  private boolean alike(Fact put) {
    Fact next = cursor.peek(1);
    for (int i = 0; i < 5; i++) {
      if (i != 2 && next.get(i) != put.get(i)) {
        return false;
      }
    }
    return true;
  }

  /** Tells how a page set gives pages back. */
  void drain(int depth) {
    Fact fact = cursor.next();
    paper.line(
        depth,
        (depth == 0 ? "drain_pages: " : "free_pcppages_bulk: ")
            + names.zone(fact.at(0))
            + ", cpu "
            + fact.at(1)
            + ": "
            + Words.count(fact.at(2))
            + " of "
            + Words.pages(fact.at(3))
            + " go back, tails first");
    if (depth > 0) {
      paper.line(depth + 1, "free_factor is now " + fact.at(4));
    }
    List<Integer> pfns = new ArrayList<>();
    int order = -1;
    int merged = 0;
    Fact largest = null;
    while (cursor.kind() == Fact.MM_PAGE_PCPU_DRAIN) {
      Fact page = cursor.next();
      if (all) {
        paper.line(depth + 1, Words.pfn(page.at(0)) + ", order " + page.at(1));
        merging(depth + 2);
        continue;
      }
      if (page.at(1) != order && !pfns.isEmpty()) {
        pages(depth + 1, pfns, order);
      }
      order = page.at(1);
      pfns.add(page.at(0));
      merged += cursor.kind() == Fact.MERGE ? 1 : 0;
      Fact put = skipMerging();
      largest = put != null && (largest == null || put.at(2) > largest.at(2)) ? put : largest;
    }
    if (!pfns.isEmpty()) {
      pages(depth + 1, pfns, order);
    }
    if (merged > 0 && largest != null) {
      paper.line(
          depth + 1,
          "__free_one_page: "
              + merged
              + (merged == 1 ? " finds its buddy free" : " find their buddies free")
              + "; largest block: "
              + Words.block(largest.at(1), largest.at(2)));
    }
  }

  private void pages(int depth, List<Integer> pfns, int order) {
    paper.line(depth, (order == 0 ? "" : "order " + order + ": ") + Words.runs(pfns, order));
    pfns.clear();
  }

  private Fact skipMerging() {
    while (cursor.kind() == Fact.MERGE || cursor.kind() == Fact.MERGE_STOP) {
      cursor.next();
    }
    return cursor.kind() == Fact.BLOCK_PUT ? cursor.next() : null;
  }

  private void toBuddy() {
    if (insideAllocation && !all) {
      rest();
      return;
    }
    Fact free = cursor.next();
    String pfn = "pfn " + Words.pfn(free.at(0));
    if (insideAllocation) {
      paper.line(0, "the rest is not needed: " + pfn + " goes back");
    } else {
      paper.line(0, "__free_pages: order " + order(free) + ", " + pfn);
      paper.line(1, "free_one_page: straight to the buddy lists");
    }
    merging(insideAllocation ? 1 : 2);
  }

  /** The unused end of an exact allocation: what its pages became in the end. */
  private void rest() {
    List<Integer> pfns = new ArrayList<>();
    List<Fact> blocks = new ArrayList<>();
    while (isFree(cursor.kind()) && cursor.kindAt(1) != Fact.PCP_PUT) {
      pfns.add(cursor.next().at(0));
      while (cursor.kind() == Fact.MERGE || cursor.kind() == Fact.MERGE_STOP) {
        Fact merge = cursor.next();
        if (merge.is(Fact.MERGE)) {
          blocks.removeIf(block -> block.at(1) == merge.at(1));
        }
      }
      if (cursor.kind() == Fact.BLOCK_PUT) {
        blocks.add(cursor.next());
      }
    }
    StringBuilder free = new StringBuilder();
    for (Fact block : blocks) {
      free.append(' ').append(Words.block(block.at(1), block.at(2)));
    }
    paper.line(0, "the rest is not needed: " + Words.runs(pfns, 0));
    paper.line(1, "free_one_page: straight to the tails of the buddy lists");
    paper.line(1, "merged, these are the free blocks (order):" + free);
  }

  private void merging(int depth) {
    StringBuilder buddies = new StringBuilder();
    int merged = 0;
    while (cursor.kind() == Fact.MERGE) {
      Fact merge = cursor.next();
      buddies.append(' ').append(Words.block(merge.at(1), merge.at(2)));
      merged++;
    }
    if (merged > 0) {
      paper.line(
          depth,
          "__free_one_page: merges with "
              + (merged == 1 ? "its free buddy" : "free buddies")
              + buddies);
    }
    if (cursor.kind() == Fact.MERGE_STOP) {
      Fact stop = cursor.next();
      paper.line(
          depth,
          "buddy " + Words.pfn(stop.at(1)) + " is no free block of order " + stop.at(2) + ": stop");
    }
    if (cursor.kind() == Fact.BLOCK_PUT) {
      put(cursor.next(), depth);
    }
  }

  private void put(Fact put, int depth) {
    boolean tail = put.get(4) != 0;
    String why = tail && !insideAllocation ? ": it may merge soon" : "";
    paper.line(
        depth,
        Words.pfn(put.at(1))
            + ", order "
            + put.at(2)
            + " goes to the "
            + (tail ? "tail" : "head")
            + " of the "
            + Words.type(put.at(3))
            + " list"
            + why);
  }
}
