package kmemsh.explain;

import java.util.ArrayList;
import java.util.List;
import kmemsh.trace.Fact;
import kmemsh.view.MachineNames;

/** Tells how blocks leave the buddy lists: taken, split, stolen, moved between types. */
final class BuddySteps {
  private final FactCursor cursor;
  private final Paper paper;
  private final MachineNames names;
  private final boolean all;

  BuddySteps(FactCursor cursor, Paper paper, MachineNames names, boolean all) {
    this.cursor = cursor;
    this.paper = paper;
    this.names = names;
    this.all = all;
  }

  /** Tells the buddy facts from here on; false when the next fact is none. */
  boolean group() {
    int end = 0;
    while (isStep(cursor.kindAt(end)) || isRefilled(end)) {
      end++;
    }
    int closing = cursor.kindAt(end);
    if (closing == Fact.PCP_REFILL) {
      refill(cursor.peek(end), end);
    } else if (closing == Fact.HIGHATOMIC_RESERVE) {
      reserve(cursor.peek(end), end);
    } else if (closing == Fact.HIGHATOMIC_UNRESERVE) {
      unreserve(cursor.peek(end), end);
    } else if (closing == Fact.MM_PAGE_ALLOC_ZONE_LOCKED) {
      direct(cursor.peek(end), end);
    } else if (end > 0) {
      paper.line(2, "rmqueue: from the buddy lists");
      steps(cursor.position() + end, 3);
    } else {
      return false;
    }
    return true;
  }

  private static boolean isStep(int kind) {
    return kind == Fact.BLOCK_TAKE
        || kind == Fact.SPLIT
        || kind == Fact.FALLBACK
        || kind == Fact.CLAIM_VOTE
        || kind == Fact.BLOCK_MOVE
        || kind == Fact.PAGEBLOCK_TYPE
        || kind == Fact.BOOST
        || kind == Fact.MM_PAGE_ALLOC_EXTFRAG;
  }

  private boolean isRefilled(int ahead) {
    return cursor.kindAt(ahead) == Fact.MM_PAGE_ALLOC_ZONE_LOCKED && cursor.peek(ahead).get(3) == 1;
  }

  private void reserve(Fact fact, int end) {
    paper.line(
        2,
        "reserve_highatomic_pageblock: "
            + Words.pfn(fact.at(1))
            + " is kept for these ("
            + Words.pages(fact.get(2))
            + ")");
    steps(cursor.position() + end, 2);
    cursor.next();
  }

  private void unreserve(Fact fact, int end) {
    paper.line(
        2,
        "unreserve_highatomic_pageblock: "
            + Words.pfn(fact.at(1))
            + " goes back to "
            + Words.type(fact.at(2)));
    steps(cursor.position() + end, 2);
    cursor.next();
  }

  private void direct(Fact locked, int end) {
    boolean onPcp = locked.at(1) <= 3;
    paper.line(
        2,
        "rmqueue: order "
            + locked.at(1)
            + (onPcp ? ", straight from the buddy lists" : " comes straight from the buddy lists"));
    steps(cursor.position() + end, 3);
    cursor.next();
  }

  private void refill(Fact fact, int end) {
    paper.line(
        2,
        "rmqueue_bulk: "
            + Words.pcpList(fact.at(1), fact.at(2), fact.at(3))
            + ": empty, refill "
            + Words.things(fact.at(4), "block"));
    int stop = cursor.position() + end;
    List<Integer> got = new ArrayList<>();
    int quiet = 0;
    while (cursor.position() < stop) {
      if (all || got.isEmpty() || hasFallback()) {
        quiet = tellQuiet(quiet);
        take(stop, got);
      } else {
        skip(stop, got);
        quiet++;
      }
    }
    tellQuiet(quiet);
    cursor.next();
    int wanted = fact.at(4);
    String of = got.size() < wanted ? " of " + Words.count(wanted) : "";
    paper.line(
        3,
        got.isEmpty()
            ? "got nothing"
            : "got " + Words.count(got.size()) + of + ": " + Words.runs(got, fact.at(2)));
  }

  private int tellQuiet(int quiet) {
    if (quiet > 0) {
      paper.line(3, "__rmqueue_smallest: " + Words.count(quiet) + " more from what is left of it");
    }
    return 0;
  }

  private boolean hasFallback() {
    for (int ahead = 0; isStep(cursor.kindAt(ahead)); ahead++) {
      if (cursor.kindAt(ahead) == Fact.FALLBACK) {
        return true;
      }
    }
    return false;
  }

  /** One block of a refill, told in full. */
  private void take(int stop, List<Integer> got) {
    int end = cursor.position();
    for (int ahead = 0; isStep(cursor.kindAt(ahead)); ahead++) {
      end++;
    }
    steps(Math.min(end, stop), 3);
    if (cursor.position() < stop) {
      got.add(cursor.next().at(0));
    }
  }

  private void skip(int stop, List<Integer> got) {
    while (cursor.position() < stop) {
      Fact fact = cursor.next();
      if (fact.is(Fact.MM_PAGE_ALLOC_ZONE_LOCKED)) {
        got.add(fact.at(0));
        return;
      }
    }
  }

  /** Tells every step before position {@code stop}. */
  private void steps(int stop, int depth) {
    while (cursor.position() < stop) {
      Fact fact = cursor.next();
      switch (fact.kind()) {
        case Fact.BLOCK_TAKE -> blockTake(fact, depth);
        case Fact.SPLIT -> splits(fact, depth, stop);
        case Fact.FALLBACK -> fallback(fact, depth);
        case Fact.CLAIM_VOTE -> claimVote(fact, depth + 1);
        case Fact.BLOCK_MOVE -> moves(fact, depth + 1, stop);
        case Fact.PAGEBLOCK_TYPE ->
            paper.line(
                depth + 1,
                "pageblock "
                    + Words.pfn(fact.at(0))
                    + ": "
                    + Words.type(fact.at(1))
                    + " -> "
                    + Words.type(fact.at(2)));
        case Fact.BOOST ->
            paper.line(
                depth + 1,
                "boost_watermark: "
                    + names.zone(fact.at(0))
                    + " keeps "
                    + Words.pages(fact.get(1))
                    + " more free for a while");
        default -> {
          // The steal was told step by step.
        }
      }
    }
  }

  private void blockTake(Fact fact, int depth) {
    int order = fact.at(1);
    int found = fact.at(2);
    String text = "__rmqueue_smallest: " + Words.type(fact.at(3)) + ": ";
    if (found == order + 1) {
      text += "order " + order + " empty, ";
    } else if (found > order) {
      text += "orders " + order + ".." + (found - 1) + " empty, ";
    }
    paper.line(depth, text + "order " + found + " gives " + Words.pfn(fact.at(4)));
  }

  private void splits(Fact first, int depth, int stop) {
    StringBuilder halves = new StringBuilder();
    Fact last = first;
    halves.append(half(first));
    while (cursor.position() < stop && cursor.kind() == Fact.SPLIT) {
      last = cursor.next();
      halves.append(' ').append(half(last));
    }
    paper.line(
        depth + 1,
        "expand: split "
            + (first.at(2) + 1)
            + " -> "
            + last.at(2)
            + "; free halves (their order):");
    paper.line(depth + 2, halves.toString());
  }

  private static String half(Fact fact) {
    return Words.block(fact.at(1), fact.at(2));
  }

  private void fallback(Fact fact, int depth) {
    String type = Words.type(fact.at(2));
    if (fact.at(4) < 0) {
      paper.line(depth, "__rmqueue_fallback: no " + type + " block, and no other type can help");
      return;
    }
    String found = "order " + fact.at(3) + ", " + Words.type(fact.at(4));
    boolean again = cursor.kind() == Fact.FALLBACK && cursor.peek(0).at(4) >= 0;
    paper.line(
        depth, "__rmqueue_fallback: " + "no " + type + " block; the largest other: " + found);
    if (again) {
      Fact smaller = cursor.next();
      paper.line(
          depth + 1,
          "too small to claim, so the smallest that fits: order "
              + smaller.at(3)
              + ", "
              + Words.type(smaller.at(4)));
    }
  }

  private void claimVote(Fact fact, int depth) {
    int free = fact.at(1);
    int alike = fact.at(2);
    paper.line(
        depth,
        "pageblock "
            + Words.pfn(fact.at(0))
            + ": "
            + Words.count(free)
            + " free + "
            + Words.count(alike)
            + " alike = "
            + Words.count(free + alike)
            + " of "
            + Words.count(fact.at(3))
            + " needed: "
            + (fact.get(4) != 0 ? "claimed" : "not claimed"));
  }

  private void moves(Fact first, int depth, int stop) {
    List<Fact> moved = new ArrayList<>();
    moved.add(first);
    while (cursor.position() < stop && cursor.kind() == Fact.BLOCK_MOVE) {
      moved.add(cursor.next());
    }
    String to = Words.type(first.at(4));
    if (moved.size() == 1) {
      paper.line(
          depth,
          "block "
              + Words.pfn(first.at(1))
              + " moves to the tail of order "
              + first.at(2)
              + ", "
              + to);
      return;
    }
    long pages = 0;
    StringBuilder blocks = new StringBuilder();
    for (Fact move : moved) {
      pages += 1L << move.at(2);
      blocks.append(' ').append(half(move));
    }
    paper.line(
        depth,
        Words.things(moved.size(), "free block")
            + " ("
            + Words.pages(pages)
            + ") move to "
            + to
            + ":"
            + blocks);
  }
}
