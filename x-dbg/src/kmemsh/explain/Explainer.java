package kmemsh.explain;

import java.util.ArrayList;
import java.util.List;
import kmemsh.trace.Fact;
import kmemsh.trace.Trace;
import kmemsh.trace.TraceBuffer;
import kmemsh.view.Gfp;
import kmemsh.view.MachineNames;

/**
 * Tells the facts of one operation in sentences: the kernel's functions by name, with the numbers
 * that decided.
 *
 * <pre>
 *   depth 0  the call and what it returned
 *   depth 1  functions it went through
 *   depth 2  the zones they asked, what the page set did
 *   depth 3  what the buddy lists did
 * </pre>
 *
 * <p>Unless everything is asked for, what happens many times in the same way is told once.
 */
public final class Explainer {
  private static final int ALLOC_NO_WATERMARKS = 0x4;
  private static final int ALLOC_NOFRAGMENT = 0x100;

  private final TraceBuffer facts;
  private final MachineNames names;
  private final boolean all;
  private final Paper paper = new Paper();
  private final FactCursor cursor;
  private final BuddySteps buddy;
  private final FreeSteps frees;
  private final SlabSteps slab;
  private final VmallocSteps areas;

  private int gfpMask;
  private int order;
  private int walkFlags;
  private boolean afterReclaim;
  private boolean bulk;
  private int nrBulk;
  private int lastZone = -1;

  private Explainer(TraceBuffer facts, MachineNames names, boolean all) {
    this.facts = facts;
    this.names = names;
    this.all = all;
    cursor = new FactCursor(facts);
    buddy = new BuddySteps(cursor, paper, names, all);
    frees = new FreeSteps(cursor, paper, names, all);
    slab = new SlabSteps(paper);
    areas = new VmallocSteps(paper);
  }

  /**
   * The explanation, one line an element, at most 78 columns wide.
   *
   * @param all whether each repetition is told
   */
  public static List<String> explain(TraceBuffer facts, MachineNames names, boolean all) {
    return new Explainer(facts, names, all).tell();
  }

  private List<String> tell() {
    if (facts.nrRounds() > 0) {
      rounds();
    }
    if (facts.size() == 0) {
      paper.line(0, "No allocator was asked: there are no steps to tell.");
    }
    while (cursor.more()) {
      step();
    }
    if (nrBulk > 0) {
      paper.line(0, "returns " + Words.pages(nrBulk));
    }
    if (facts.nrDropped() > 0) {
      paper.line(0, "... and " + Words.count(facts.nrDropped()) + " facts that were not kept");
    }
    return new ArrayList<>(paper.lines(all));
  }

  private void rounds() {
    String sums = "";
    sums += sum(Fact.MM_PAGE_ALLOC, "request");
    sums += sum(Fact.MM_PAGE_FREE, "free");
    sums += sum(Fact.PCP_REFILL, "refill");
    sums += sum(Fact.PCP_DRAIN, "drain");
    sums += sum(Fact.SPLIT, "split");
    sums += sum(Fact.MERGE, "merge");
    sums += sum(Fact.MM_PAGE_ALLOC_EXTFRAG, "steal");
    paper.line(0, Words.things(facts.nrRounds(), "round") + " in all" + sums);
    paper.line(0, "The last one:");
  }

  private String sum(int kind, String what) {
    long number = facts.count(kind);
    return number == 0
        ? ""
        : (kind == Fact.MM_PAGE_ALLOC ? ": " : ", ") + Words.things(number, what);
  }

  private void step() {
    int kind = cursor.kind();
    switch (kind) {
      case Fact.ALLOC_REQUEST -> request(cursor.next());
      case Fact.WALK -> walk(cursor.next());
      case Fact.WATERMARK -> watermark(cursor.next());
      case Fact.PCP_TAKE -> pcpTake(cursor.next());
      case Fact.MM_PAGE_ALLOC -> result(cursor.next());
      case Fact.SLOW_PATH -> slowPath(cursor.next());
      case Fact.WAKE_KSWAPD -> wakeKswapd(cursor.next());
      case Fact.MM_PAGE_FREE, Fact.MM_PAGE_FREE_BATCHED -> frees.free();
      case Fact.PCP_DRAIN -> frees.drain(0);
      case Fact.ROUND -> cursor.next();
      case Fact.HIGHMEM_STEP -> new HighmemSteps(paper).tell(cursor.next());
      default -> {
        if (!objects(kind) && !buddy.group()) {
          paper.line(2, cursor.next().toString());
        }
      }
    }
  }

  private boolean objects(int kind) {
    if (kind < Fact.KMEM_CACHE_ALLOC) {
      return false;
    }
    Fact fact = cursor.next();
    if (slab.tell(fact)) {
      return true;
    }
    if (kind == Fact.VMALLOC_STEP) {
      nrBulk = 0;
      bulk = false;
    }
    return areas.tell(fact) || other(fact);
  }

  private boolean other(Fact fact) {
    paper.line(2, fact.toString());
    return true;
  }

  private void request(Fact fact) {
    order = fact.at(0);
    gfpMask = fact.at(1);
    int highest = fact.at(3);
    afterReclaim = false;
    paper.line(0, "__alloc_pages: order " + order + ", " + gfp());
    String above = names.above(highest);
    String zone = names.zones()[highest];
    paper.line(
        1,
        Words.type(fact.at(2)) + " pages, from zone " + zone + (highest == 0 ? "" : " or below"));
    if (!above.isEmpty()) {
      paper.line(1, above + " is not allowed by " + gfp());
    }
  }

  private String gfp() {
    String text = Gfp.print(gfpMask);
    return text.isEmpty() ? "mask 0" : text;
  }

  private void walk(Fact fact) {
    walkFlags = fact.at(1);
    lastZone = -1;
    afterReclaim = false;
    String mark = "the " + Words.mark(walkFlags) + " watermark decides";
    String text =
        switch (fact.at(0)) {
          case Trace.STAGE_FAST ->
              mark + ((walkFlags & ALLOC_NOFRAGMENT) != 0 ? ", types must not be mixed" : "");
          case Trace.STAGE_FAST_FRAGMENT -> "once more, types may be mixed now";
          case Trace.STAGE_SLOW -> "now " + mark;
          case Trace.STAGE_SLOW_RETRY -> "once more, " + mark;
          case Trace.STAGE_OOM -> "a last time, " + mark;
          case Trace.STAGE_NOFAIL -> "__GFP_NOFAIL may use the reserves";
          default -> mark;
        };
    if ((walkFlags & ALLOC_NO_WATERMARKS) != 0) {
      text = "once more, watermarks are ignored (__GFP_MEMALLOC)";
    }
    bulk = fact.at(0) == Trace.STAGE_BULK;
    if (bulk) {
      paper.line(0, "__alloc_pages_bulk: single pages from one page set");
      text = "the low watermark plus the pages wanted decides";
    }
    paper.line(1, (bulk ? "zone_watermark_fast: " : "get_page_from_freelist: ") + text);
  }

  private void watermark(Fact fact) {
    if (afterReclaim) {
      paper.line(1, "should_reclaim_retry: enough, if all that can be reclaimed came back?");
      afterReclaim = false;
      lastZone = -1;
    }
    long mark = fact.get(2);
    long min = fact.get(3);
    long reserve = fact.get(4);
    boolean ok = fact.get(5) != 0;
    long free = fact.get(1);
    boolean again = fact.at(0) == lastZone;
    lastZone = fact.at(0);
    String text = names.zone(fact.at(0)) + (again ? " without its boost: " : ": ");
    text += free < 0 ? "nothing usable, " : Words.count(free) + " usable, ";
    text += Words.mark(walkFlags) + " " + Words.count(mark);
    text += min == mark ? "" : " lowered to " + Words.count(min);
    text += reserve == 0 ? "" : " + reserve " + Words.count(reserve);
    if (cursor.kind() == Fact.NO_BLOCK) {
      int wanted = cursor.next().at(1);
      ok = false;
      text += ": enough, but no block of order " + wanted + " or more";
    } else {
      text += ok ? ": ok" : ": too few";
    }
    if (!ok && (walkFlags & ALLOC_NO_WATERMARKS) != 0) {
      text += ", which counts for nothing here";
    }
    paper.line(2, text);
  }

  private void pcpTake(Fact fact) {
    List<Integer> pfns = new ArrayList<>();
    pfns.add(fact.at(4));
    Fact last = fact;
    while (cursor.kind() == Fact.MM_PAGE_ALLOC && cursor.kindAt(1) == Fact.PCP_TAKE) {
      cursor.next();
      nrBulk++;
      last = cursor.next();
      pfns.add(last.at(4));
    }
    String what = pfns.size() == 1 ? "head " : "from the head ";
    paper.line(
        2,
        "rmqueue_pcplist: "
            + Words.pcpList(fact.at(1), fact.at(2), fact.at(3))
            + ": "
            + what
            + Words.runs(pfns, 0)
            + "; "
            + Words.pages(last.at(5))
            + " left");
  }

  private void result(Fact fact) {
    if (bulk) {
      nrBulk++;
      return;
    }
    if (fact.at(0) < 0) {
      paper.line(0, "returns NULL");
    } else if (fact.at(1) == 0) {
      paper.line(0, "returns pfn " + Words.pfn(fact.at(0)));
    } else {
      int last = fact.at(0) + (1 << fact.at(1)) - 1;
      paper.line(0, "returns pfn " + Words.pfn(fact.at(0)) + ".." + Words.pfn(last));
    }
    frees.insideAllocation = true;
  }

  private void wakeKswapd(Fact fact) {
    int node = fact.at(0) / names.zonesPerNode();
    paper.line(1, "wakeup_kswapd: node " + node + "; it finds nothing to reclaim yet");
  }

  private void slowPath(Fact fact) {
    int value = fact.at(1);
    switch (fact.at(0)) {
      case Trace.STEP_ENTER -> {
        paper.line(1, "__alloc_pages_slowpath: no zone could serve it");
        paper.line(2, Words.allocFlags(value));
      }
      case Trace.STEP_DIRECT_RECLAIM -> {
        paper.line(1, "__alloc_pages_direct_reclaim: nothing to reclaim yet");
        afterReclaim = true;
      }
      case Trace.STEP_DIRECT_COMPACT ->
          paper.line(1, "__alloc_pages_direct_compact: nothing to compact yet");
      case Trace.STEP_RECLAIM_RETRY -> paper.line(1, "should_reclaim_retry: yes, another round");
      case Trace.STEP_UNRESERVE ->
          paper.line(1, "unreserve_highatomic_pageblock: pages came back, another round");
      case Trace.STEP_OOM -> paper.line(1, "__alloc_pages_may_oom: nothing else helped");
      case Trace.STEP_ORDER_TOO_BIG ->
          paper.line(
              0, "__alloc_pages: order " + value + " is above 10, the largest: NULL at once");
      case Trace.STEP_NOPAGE -> noPage(value);
      default -> paper.line(1, fact.toString());
    }
  }

  private void noPage(int reason) {
    String why =
        switch (reason) {
          case Trace.STEP_NO_SLEEP -> gfp() + " may not sleep, so it may not reclaim";
          case Trace.STEP_NORETRY -> "__GFP_NORETRY gives up here";
          case Trace.STEP_COSTLY ->
              "order " + order + " is costly (above 3): it gives up rather than try again";
          case Trace.STEP_OOM -> "for such a request nobody is killed";
          case Trace.STEP_OOM_KILL -> "out_of_memory: there is no task to kill";
          default -> "it gives up";
        };
    paper.line(1, "nopage: " + why);
    boolean quiet = (gfpMask & Gfp.__GFP_NOWARN) != 0;
    paper.line(
        1, quiet ? "warn_alloc: silent, __GFP_NOWARN" : "warn_alloc: its report is in dmesg");
  }
}
