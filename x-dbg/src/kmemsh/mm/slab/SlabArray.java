package kmemsh.mm.slab;

import java.util.Arrays;

/**
 * An array cache of SLAB: a stack of objects of one CPU, shared by a node, or on the way to another
 * node.
 *
 * <pre>
 *   entry  [0 .. avail - 1]  addresses; the next allocation takes the last
 * </pre>
 */
final class SlabArray {
  int avail;
  final int limit;
  final int batchcount;

  /** Whether an allocation used it since the reaper looked last. */
  boolean touched;

  final long[] entry;

  /** The kmalloc object that is this array in a kernel; NULL for those of CPUs. */
  long address = SlabAllocator.NULL;

  SlabArray(int limit, int batchcount) {
    this.limit = limit;
    this.batchcount = batchcount;
    this.entry = new long[Math.max(limit, batchcount)];
  }

  /** Forgets the bottom {@code nr} entries; the others move down. */
  void dropBottom(int nr) {
    avail -= nr;
    System.arraycopy(entry, nr, entry, 0, avail);
  }

  /** Moves up to {@code max} entries from the top of {@code from}, order kept; how many. */
  int takeTopOf(SlabArray from, int max) {
    int nr = Math.min(Math.min(from.avail, max), limit - avail);
    from.avail -= nr;
    System.arraycopy(from.entry, from.avail, entry, avail, nr);
    avail += nr;
    return nr;
  }

  /** A copy that the present contents can be taken from again; null for null. */
  static SlabArray copyOf(SlabArray array) {
    if (array == null) {
      return null;
    }
    SlabArray copy = new SlabArray(array.limit, array.batchcount);
    copy.avail = array.avail;
    copy.touched = array.touched;
    copy.address = array.address;
    System.arraycopy(array.entry, 0, copy.entry, 0, array.avail);
    return copy;
  }

  long[] entries() {
    return Arrays.copyOf(entry, avail);
  }
}
