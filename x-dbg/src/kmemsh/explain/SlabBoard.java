package kmemsh.explain;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kmemsh.trace.Fact;
import kmemsh.trace.SlabStep;
import kmemsh.trace.SlubStep;
import kmemsh.view.SlabInfo;

/** Moves the slabs of a cache between its lists as the facts say. */
final class SlabBoard {
  private static final String FULL = "slabs_full";
  private static final String PARTIAL = "slabs_partial";
  private static final String FREE = "slabs_free";
  private static final String CPU = "cpu slab";
  private static final String CHAIN = "cpu partial";
  private static final String NODE = "partial";
  private static final List<String> ORDER = List.of(CPU, CHAIN, NODE, FULL, PARTIAL, FREE);

  private SlabBoard() {}

  /** Sets the lists of {@code cache} as they are before the operation. */
  static void start(StepFrames.Cache cache, ListBoard board) {
    Map<String, List<Integer>> lists = new LinkedHashMap<>();
    for (String name : ORDER) {
      lists.put(name, new ArrayList<>());
    }
    for (SlabInfo slab : cache.slabs()) {
      lists.computeIfAbsent(slab.list(), name -> new ArrayList<>()).add(slab.pfn());
    }
    lists.forEach((name, pfns) -> board.set(key(cache, name), pfns));
  }

  static ListBoard.Key key(StepFrames.Cache cache, String list) {
    int rank = ORDER.indexOf(list);
    return new ListBoard.Key("cache " + cache.name(), rank < 0 ? ORDER.size() : rank, list);
  }

  static void apply(Fact fact, StepFrames.Cache cache, ListBoard board) {
    if (cache == null) {
      return;
    }
    int pfn = fact.at(2);
    switch (fact.at(0)) {
      case SlabStep.TAKEN_FULL -> move(cache, pfn, FULL, false, board);
      case SlabStep.TAKEN_PARTIAL -> move(cache, pfn, PARTIAL, false, board);
      case SlabStep.TO_PARTIAL -> move(cache, pfn, PARTIAL, true, board);
      case SlabStep.TO_FREE -> move(cache, pfn, FREE, false, board);
      case SlubStep.CPU_PARTIAL_ALLOC, SlubStep.ALLOC_FROM_PARTIAL, SlubStep.ALLOC_SLAB ->
          move(cache, pfn, CPU, false, board);
      case SlubStep.CPU_PARTIAL_NODE, SlubStep.CPU_PARTIAL_FREE ->
          move(cache, pfn, CHAIN, false, board);
      case SlubStep.FREE_ADD_PARTIAL -> move(cache, pfn, NODE, true, board);
      case SlubStep.DEACTIVATE -> move(cache, pfn, NODE, fact.get(3) == 1, board);
      case SlubStep.DEACTIVATE_BYPASS,
          SlubStep.FREE_REMOVE_PARTIAL,
          SlubStep.FREE_SLAB,
          SlabStep.FREE_SLAB ->
          board.takeFromGroup(key(cache, FULL).group(), pfn);
      default -> {}
    }
  }

  private static void move(
      StepFrames.Cache cache, int pfn, String list, boolean tail, ListBoard board) {
    ListBoard.Key key = key(cache, list);
    board.takeFromGroup(key.group(), pfn);
    board.put(key, pfn, tail);
  }
}
