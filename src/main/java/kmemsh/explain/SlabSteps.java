package kmemsh.explain;

import kmemsh.trace.Fact;
import kmemsh.trace.SlabStep;
import kmemsh.trace.SlobStep;
import kmemsh.trace.SlubStep;
import kmemsh.view.Gfp;

/**
 * Tells what the object allocators did. A cache is called by its number, as facts know no names.
 */
final class SlabSteps {
  private static final long ZERO_SIZE_PTR = 16;

  private static final String[] SLOB_LISTS = {"small", "medium", "large"};

  private final Paper paper;

  SlabSteps(Paper paper) {
    this.paper = paper;
  }

  /** Tells {@code fact}; false when it is not one of an object allocator. */
  boolean tell(Fact fact) {
    switch (fact.kind()) {
      case Fact.KMEM_CACHE_ALLOC -> {
        String bytes = fact.get(2) + " bytes, " + fact.get(3) + " apart";
        taken("kmem_cache_alloc: ", fact.get(1), bytes + ", " + Gfp.print(fact.at(4)));
      }
      case Fact.KMALLOC -> {
        String given = fact.get(0) == 0 ? "" : ", " + fact.get(2) + " given";
        String bytes = fact.get(1) + " bytes asked for" + given;
        taken("kmalloc: ", fact.get(0), bytes + ", " + Gfp.print(fact.at(3)));
      }
      case Fact.KMEM_CACHE_FREE -> paper.line(0, "kmem_cache_free: object " + at(fact.get(1)));
      case Fact.KFREE -> paper.line(0, freed(fact.get(0)));
      case Fact.SLAB_STEP -> step(fact.at(0), fact.at(2), fact.get(3), fact);
      default -> {
        return false;
      }
    }
    return true;
  }

  private void taken(String call, long object, String what) {
    paper.line(0, call + what + ": returns " + (object == 0 ? "NULL" : "object " + at(object)));
  }

  /** A kfree, which passes over NULL and what kmalloc(0) gives. */
  static String freed(long object) {
    if (object > ZERO_SIZE_PTR) {
      return "kfree: object " + at(object);
    }
    return "kfree: " + (object == 0 ? "NULL" : "ZERO_SIZE_PTR") + ": there is nothing to free";
  }

  private static String at(long object) {
    return "at phys 0x" + Long.toHexString(object);
  }

  private void step(int step, int where, long value, Fact fact) {
    String text = slab(step, where, value);
    text = text.isEmpty() ? slub(step, where, value) : text;
    text = text.isEmpty() ? slob(step, where, value) : text;
    paper.line(1, text.isEmpty() ? fact.toString() : text);
  }

  private static String objects(long number) {
    return Words.things(number, "object");
  }

  private static String slab(int step, int where, long value) {
    String page = "slab " + Words.pfn(where);
    return switch (step) {
      case SlabStep.ALLOC_HIT ->
          "the array of cpu " + where + " serves it; it has " + value + " left";
      case SlabStep.REFILL ->
          "cache_alloc_refill: the array of cpu " + where + " is empty, " + value + " wanted";
      case SlabStep.REFILL_SHARED -> "the shared array of node " + where + " gives " + value;
      case SlabStep.TAKEN_FULL -> page + " has no free object left: head of slabs_full";
      case SlabStep.TAKEN_PARTIAL ->
          page + " has " + objects(value) + " handed out: head of slabs_partial";
      case SlabStep.NEW_SLAB -> "cache_grow_begin: new " + page + ", colour offset " + value;
      case SlabStep.NODE_ALLOC -> page + " of node " + value + " gives one object";
      case SlabStep.FREE_HIT ->
          "the array of cpu " + where + " takes it; it has " + objects(value) + " now";
      case SlabStep.FLUSH ->
          "cache_flusharray: the array of cpu "
              + where
              + " is full, its oldest "
              + value
              + " leave";
      case SlabStep.FLUSH_SHARED ->
          "the shared array of node " + where + " takes them; it has " + value + " now";
      case SlabStep.TO_PARTIAL ->
          page + " has " + objects(value) + " handed out: tail of slabs_partial";
      case SlabStep.TO_FREE -> page + " has no object handed out: head of slabs_free";
      case SlabStep.FREE_SLAB -> "slab_destroy: " + page + ", order " + value + ", goes back";
      case SlabStep.ALIEN_FREE -> "it is of node " + where + ": the alien array has " + value;
      case SlabStep.ALIEN_DRAIN -> "the alien array for node " + where + " is emptied: " + value;
      case SlabStep.REAP_TOUCHED -> "cache_reap: an array with " + value + " was used: spared";
      case SlabStep.REAP_ARRAY -> "cache_reap: " + value + " of an array's oldest leave";
      case SlabStep.REAP_SLABS -> "cache_reap: " + Words.things(value, "free slab") + " destroyed";
      default -> "";
    };
  }

  private static String slub(int step, int where, long value) {
    String page = "slab " + Words.pfn(where);
    return switch (step) {
      case SlubStep.ALLOC_FASTPATH -> "the freelist of cpu " + where + " gives object " + value;
      case SlubStep.REFILL -> "get_freelist: cpu takes over " + page + " with " + objects(value);
      case SlubStep.DEACTIVATE_BYPASS -> page + " is used up: the cpu forgets it";
      case SlubStep.CPU_PARTIAL_ALLOC -> page + " of the cpu's partial chain becomes the cpu slab";
      case SlubStep.ALLOC_FROM_PARTIAL ->
          "get_partial: " + page + " becomes the cpu slab; " + value + " left on the list";
      case SlubStep.CPU_PARTIAL_NODE -> page + " goes to the cpu's partial chain: " + value;
      case SlubStep.ALLOC_SLAB -> "new_slab: " + page + " with " + objects(value);
      case SlubStep.ORDER_FALLBACK -> "the preferred order failed: " + page + " has order " + value;
      case SlubStep.FREE_FASTPATH -> "object " + value + " goes to the freelist of cpu " + where;
      case SlubStep.FREE_FROZEN -> page + ", held by a cpu, takes it: " + value + " in use";
      case SlubStep.FREE_PARTIAL -> page + " on the partial list takes it: " + value + " in use";
      case SlubStep.FREE_ADD_PARTIAL ->
          page + " was full: tail of the partial list, which has " + value;
      case SlubStep.FREE_REMOVE_PARTIAL ->
          page + " is empty: off the partial list, " + value + " left";
      case SlubStep.CPU_PARTIAL_FREE ->
          page + " was full: front of the cpu's partial chain of " + value;
      case SlubStep.CPU_PARTIAL_DRAIN ->
          "the partial chain of cpu " + where + " is too long: moved";
      case SlubStep.FREE_SLAB -> "discard_slab: " + page + ", order " + value + ", goes back";
      case SlubStep.DEACTIVATE ->
          page + " goes to the " + (value == 1 ? "tail" : "head") + " of the partial list";
      case SlubStep.NODE_MISMATCH -> page + " is not of node " + value;
      case SlubStep.FLUSH -> "flush_slab: cpu " + where + " gives up its slabs";
      case SlubStep.DEBUG_TAKE -> "alloc_debug_processing: " + page + " gives object " + value;
      case SlubStep.DEBUG_GIVE_UP ->
          "alloc_debug_processing: object " + value + " is bad: all of " + page + " is lost";
      case SlubStep.DEBUG_NOT_FREED ->
          "free_debug_processing: object " + value + " of " + page + " is not freed, see dmesg";
      default -> "";
    };
  }

  private static String slob(int step, int where, long value) {
    String page = "page " + Words.pfn(where);
    return switch (step) {
      case SlobStep.WALK ->
          "slob_alloc: " + value + " bytes, the list of " + SLOB_LISTS[where] + " blocks";
      case SlobStep.TOO_FEW_UNITS -> page + " has too few free units: " + value;
      case SlobStep.NO_FIT -> page + " has " + value + " free units, but no gap fits";
      case SlobStep.TAKE -> page + " gives the first gap that fits, at unit " + value;
      case SlobStep.PAGE_FULL -> page + " is full and leaves its list";
      case SlobStep.ROTATE -> "the list begins with " + page + " from now on";
      case SlobStep.NEW_PAGE -> "new " + page;
      case SlobStep.FREE_PAGE -> page + " is free as a whole and goes back";
      case SlobStep.PAGE_LISTED -> page + " has free units again: head of its list";
      case SlobStep.FREE_BLOCK -> page + " has " + value + " free units now";
      default -> "";
    };
  }
}
