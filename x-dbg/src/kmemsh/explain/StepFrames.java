package kmemsh.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import kmemsh.trace.Fact;
import kmemsh.trace.TraceBuffer;
import kmemsh.view.MachineNames;
import kmemsh.view.Migratetype;
import kmemsh.view.PageState;
import kmemsh.view.SlabInfo;
import kmemsh.view.StepFrame;

/**
 * The facts of one operation as a row of pictures. The lists begin as they were before it; each
 * fact moves blocks, so that the last picture shows the lists as they are behind it.
 */
public final class StepFrames {
  private static final String PCP = " per-CPU lists of cpu ";

  private final TraceBuffer facts;
  private final MachineNames names;
  private final Map<Integer, Cache> caches;
  private final ListBoard board = new ListBoard();
  private final StepWords words;
  private final List<Step> steps = new ArrayList<>();

  /**
   * A cache before the operation.
   *
   * @param slabs its slabs in list order
   */
  public record Cache(String name, List<SlabInfo> slabs) {}

  /**
   * A picture in the making.
   *
   * @param endFact how far the facts went
   * @param section counts refills and drains
   * @param unit counts the blocks that one of these moved
   */
  private record Step(String sentence, int endFact, int section, int unit) {}

  private StepFrames(TraceBuffer facts, MachineNames names, Map<Integer, Cache> caches) {
    this.facts = facts;
    this.names = names;
    this.caches = caches;
    words = new StepWords(names, caches);
  }

  /**
   * The pictures, first to last; none when no allocator was asked.
   *
   * @param before the free lists before the operation
   * @param caches those the facts speak of, by number
   */
  public static List<StepFrame> of(
      TraceBuffer facts, MachineNames names, PageState before, Map<Integer, Cache> caches) {
    return new StepFrames(facts, names, caches).frames(before);
  }

  private List<StepFrame> frames(PageState before) {
    tell();
    fold();
    start(before);
    apply(0, facts.size());
    List<ListBoard.Key> touched = board.touched();
    start(before);
    board.picture(touched);
    List<StepFrame> frames = new ArrayList<>();
    int done = 0;
    for (Step step : steps) {
      apply(done, step.endFact);
      done = step.endFact;
      frames.add(
          new StepFrame(frames.size() + 1, steps.size(), step.sentence, board.picture(touched)));
    }
    return frames;
  }

  /**
   * Tells the facts in sentences. Of the many blocks that a refill or a drain moves only the first
   * two and the last are told one by one.
   */
  private void tell() {
    int section = 0;
    int unit = 0;
    for (int i = 0; i < facts.size(); i++) {
      Fact fact = facts.fact(i);
      if (ends(fact.kind())) {
        section++;
        unit = 0;
      }
      unit += fact.kind() == Fact.MM_PAGE_PCPU_DRAIN ? 1 : 0;
      String sentence = words.sentence(fact);
      if (!sentence.isEmpty()) {
        steps.add(new Step(sentence, i + 1, section, unit));
      }
      boolean refilled = fact.kind() == Fact.MM_PAGE_ALLOC_ZONE_LOCKED && fact.at(3) == 1;
      unit += refilled ? 1 : 0;
    }
  }

  private static boolean ends(int kind) {
    return kind == Fact.PCP_REFILL
        || kind == Fact.PCP_DRAIN
        || kind == Fact.ALLOC_REQUEST
        || kind == Fact.MM_PAGE_FREE;
  }

  private void fold() {
    List<Step> folded = new ArrayList<>();
    int i = 0;
    while (i < steps.size()) {
      int section = steps.get(i).section;
      int end = i;
      while (end < steps.size() && steps.get(end).section == section) {
        end++;
      }
      int last = steps.get(end - 1).unit;
      int hidden = 0;
      int hiddenEnd = 0;
      for (Step step : steps.subList(i, end)) {
        if (step.unit < 3 || step.unit == last) {
          if (hidden > 0) {
            String more = "and " + Words.count(last - 3) + " more blocks in the same way";
            folded.add(new Step(more, hiddenEnd, section, 0));
            hidden = 0;
          }
          folded.add(step);
        } else {
          hidden++;
          hiddenEnd = step.endFact;
        }
      }
      i = end;
    }
    steps.clear();
    steps.addAll(folded);
  }

  private void start(PageState before) {
    for (PageState.Zone zone : before.zones()) {
      for (int order = 0; order <= 10; order++) {
        for (int mt = 0; mt < Migratetype.NR_TYPES; mt++) {
          board.set(free(zone.id(), order, mt), List.of());
        }
      }
      for (PageState.FreeList list : zone.freeLists()) {
        board.set(free(zone.id(), list.order(), list.migratetype()), boxed(list.pfns()));
      }
      for (PageState.Pcp pcp : zone.pcps()) {
        for (int order = 0; order <= 10; order++) {
          for (int mt = 0; mt < Migratetype.NR_TYPES; mt++) {
            board.set(pcp(zone.id(), pcp.cpu(), order, mt), List.of());
          }
        }
        for (PageState.FreeList list : pcp.lists()) {
          board.set(
              pcp(zone.id(), pcp.cpu(), list.order(), list.migratetype()), boxed(list.pfns()));
        }
      }
    }
    for (Cache cache : caches.values()) {
      SlabBoard.start(cache, board);
    }
  }

  private static List<Integer> boxed(int[] pfns) {
    List<Integer> list = new ArrayList<>(pfns.length);
    for (int pfn : pfns) {
      list.add(pfn);
    }
    return list;
  }

  private ListBoard.Key free(int zone, int order, int migratetype) {
    String group = names.zone(zone) + " " + Migratetype.name(migratetype);
    return new ListBoard.Key(group, order, "order " + order);
  }

  private ListBoard.Key pcp(int zone, int cpu, int order, int migratetype) {
    String group = names.zone(zone) + PCP + cpu;
    String label = "order " + order + " " + Migratetype.name(migratetype);
    return new ListBoard.Key(group, order * Migratetype.NR_TYPES + migratetype, label);
  }

  private void apply(int from, int to) {
    for (int i = from; i < to; i++) {
      apply(facts.fact(i), i);
    }
  }

  private void apply(Fact fact, int i) {
    switch (fact.kind()) {
      case Fact.BLOCK_TAKE -> board.take(free(fact.at(0), fact.at(2), fact.at(3)), fact.at(4));
      case Fact.SPLIT -> board.put(free(fact.at(0), fact.at(2), fact.at(3)), fact.at(1), false);
      case Fact.MERGE -> board.takeFromGroup(names.zone(fact.at(0)) + " ", fact.at(2), fact.at(1));
      case Fact.BLOCK_PUT ->
          board.put(free(fact.at(0), fact.at(2), fact.at(3)), fact.at(1), fact.at(4) == 1);
      case Fact.BLOCK_MOVE -> {
        board.take(free(fact.at(0), fact.at(2), fact.at(3)), fact.at(1));
        board.put(free(fact.at(0), fact.at(2), fact.at(4)), fact.at(1), true);
      }
      case Fact.MM_PAGE_ALLOC_ZONE_LOCKED -> refilled(fact, i);
      case Fact.PCP_TAKE ->
          board.take(pcp(fact.at(0), fact.at(1), fact.at(2), fact.at(3)), fact.at(4));
      case Fact.PCP_PUT ->
          board.put(pcp(fact.at(0), fact.at(1), fact.at(3), fact.at(4)), fact.at(2), false);
      case Fact.MM_PAGE_PCPU_DRAIN -> drained(fact);
      case Fact.SLAB_STEP -> SlabBoard.apply(fact, caches.get(fact.at(1)), board);
      default -> {}
    }
  }

  /** The block goes to the tail of the list which the refill that this belongs to names. */
  private void refilled(Fact fact, int i) {
    if (fact.at(3) != 1) {
      return;
    }
    for (int next = i + 1; next < facts.size(); next++) {
      if (facts.kind(next) == Fact.PCP_REFILL) {
        Fact refill = facts.fact(next);
        board.put(pcp(refill.at(0), refill.at(1), refill.at(2), refill.at(3)), fact.at(0), true);
        return;
      }
    }
  }

  private void drained(Fact fact) {
    for (int zone = 0; zone < names.zones().length; zone++) {
      for (int mt = 0; mt < Migratetype.NR_TYPES; mt++) {
        board.takeFromGroup(
            names.zone(zone) + PCP, fact.at(1) * Migratetype.NR_TYPES + mt, fact.at(0));
      }
    }
  }
}
