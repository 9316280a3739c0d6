package kmemsh.command;

import java.util.HashMap;
import java.util.Map;
import kmemsh.machine.Slabs;
import kmemsh.trace.SlabStep;
import kmemsh.trace.SlobStep;
import kmemsh.trace.SlubStep;
import kmemsh.trace.TraceOff;

/** Counts what an object allocator did, and what is held at the end. */
final class ObjectCounter extends TraceOff {
  long allocations;
  long fastAllocations;
  long frees;
  long fastFrees;
  long newSlabs;
  long freedSlabs;

  /** Bytes asked for, by physical address. */
  private final Map<Long, Long> held = new HashMap<>();

  /** Bytes asked for by what is held. */
  long askedBytes() {
    long bytes = 0;
    for (long asked : held.values()) {
      bytes += asked;
    }
    return bytes;
  }

  @Override
  public void kmemCacheAlloc(
      int cache, long object, int bytesReq, int bytesAlloc, int gfpMask, int nid) {
    allocations++;
    if (object != Slabs.NULL) {
      held.put(object, (long) bytesReq);
    }
  }

  @Override
  public void kmemCacheFree(int cache, long object) {
    free(object);
  }

  @Override
  public void kmalloc(long object, long bytesReq, long bytesAlloc, int gfpMask, int nid) {
    if (object > Slabs.ZERO_SIZE_PTR) {
      allocations += held.containsKey(object) ? 0 : 1;
      held.put(object, bytesReq);
    }
  }

  @Override
  public void kfree(long object) {
    free(object);
  }

  private void free(long object) {
    frees += held.remove(object) == null ? 0 : 1;
  }

  @Override
  public void slabStep(int step, int cache, int where, long value) {
    switch (step) {
      case SlabStep.ALLOC_HIT, SlubStep.ALLOC_FASTPATH -> fastAllocations++;
      case SlabStep.FREE_HIT, SlubStep.FREE_FASTPATH -> fastFrees++;
      case SlabStep.NEW_SLAB, SlubStep.ALLOC_SLAB, SlobStep.NEW_PAGE -> newSlabs++;
      case SlabStep.FREE_SLAB, SlubStep.FREE_SLAB, SlobStep.FREE_PAGE -> freedSlabs++;
      default -> {
        // Not counted.
      }
    }
  }
}
