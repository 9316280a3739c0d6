package kmemsh.mm.slab;

import static kmemsh.mm.slab.SlubSlabs.NO_OBJECT;

import java.util.BitSet;

/**
 * Free pointers that somebody other than SLUB writes: where they are, and where they lead then.
 *
 * <p>Spec: slab-allocators.md 3.1, 3.13
 */
final class SlubPointers {
  private final Slub slub;
  private final SlubSlabs slabs;
  private final SlubContents inSlabs;

  SlubPointers(Slub slub) {
    this.slub = slub;
    this.slabs = slub.slabs;
    this.inSlabs = slub.inSlabs;
  }

  /** The first byte from {@code from} on that is part of a free pointer, or -1. */
  long guarded(long from, long end) {
    int slab = slub.slabAt(from);
    SlubCache cache = slabs.cacheOf(slab);
    if (cache.checks()) {
      return -1;
    }
    BitSet free = free(cache, slab);
    int word = slub.config.wordBytes();
    for (int object = free.nextSetBit(0); object >= 0; object = free.nextSetBit(object + 1)) {
      long pointer = inSlabs.address(cache, slab, object) + cache.offset;
      if (pointer < end && pointer + word > from) {
        return Math.max(pointer, from);
      }
    }
    return -1;
  }

  /** Makes the freelists follow the pointers in memory; false when one leads nowhere. */
  boolean follow(long from, long end) {
    int slab = slub.slabAt(from);
    SlubCache cache = slabs.cacheOf(slab);
    int word = slub.config.wordBytes();
    BitSet free = free(cache, slab);
    boolean all = true;
    for (int object = free.nextSetBit(0); object >= 0; object = free.nextSetBit(object + 1)) {
      long pointer = inSlabs.address(cache, slab, object) + cache.offset;
      if (pointer < end && pointer + word > from) {
        int next = inSlabs.decode(cache, slab, object);
        if (next >= NO_OBJECT) {
          slabs.links.set(slabs.linkBase(slab) + object, next);
        } else {
          all &= cache.checks();
        }
      }
    }
    return all;
  }

  private BitSet free(SlubCache cache, int slab) {
    BitSet free = new BitSet();
    add(slab, slabs.freelist(slab), free);
    for (SlubCpu cpu : cache.cpus) {
      if (cpu.slab == slab) {
        add(slab, cpu.freelist, free);
      }
    }
    return free;
  }

  private void add(int slab, int first, BitSet free) {
    for (int object : slabs.listFrom(slab, first)) {
      free.set(object);
    }
  }
}
