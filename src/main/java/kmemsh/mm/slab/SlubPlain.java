package kmemsh.mm.slab;

import static kmemsh.mm.slab.SlubSlabs.CACHE;
import static kmemsh.mm.slab.SlubSlabs.COUNTS;
import static kmemsh.mm.slab.SlubSlabs.CPU_SLAB;
import static kmemsh.mm.slab.SlubSlabs.FREELIST;
import static kmemsh.mm.slab.SlubSlabs.FROZEN;
import static kmemsh.mm.slab.SlubSlabs.INVERSE;
import static kmemsh.mm.slab.SlubSlabs.INVERSE_MASK;
import static kmemsh.mm.slab.SlubSlabs.INVERSE_SHIFT;
import static kmemsh.mm.slab.SlubSlabs.LINKS;
import static kmemsh.mm.slab.SlubSlabs.NEXT;
import static kmemsh.mm.slab.SlubSlabs.NOWHERE;
import static kmemsh.mm.slab.SlubSlabs.NO_OBJECT;
import static kmemsh.mm.slab.SlubSlabs.NO_SLAB;
import static kmemsh.mm.slab.SlubSlabs.OBJECTS_MASK;
import static kmemsh.mm.slab.SlubSlabs.ONE_IN_USE;
import static kmemsh.mm.slab.SlubSlabs.PARTIAL;
import static kmemsh.mm.slab.SlubSlabs.PFN;
import static kmemsh.mm.slab.SlubSlabs.PREV;
import static kmemsh.mm.slab.SlubSlabs.ROW_SHIFT;
import static kmemsh.mm.slab.SlubSlabs.placed;

import kmemsh.base.FlatIntColumn;

/**
 * The commonest moves of SLUB in one go each, for when nobody listens and no cache has debug flags.
 * Each gives false, and nothing has changed, where it is not that simple; the others then do it
 * step by step.
 *
 * <p>Links that are written here are not noted as written: {@link SlubSlabs#checkpoint} knows that
 * those of every slab whose row was written, and of every cpu slab, may have been.
 *
 * <p>Spec: slab-allocators.md 3.5, 3.6
 */
final class SlubPlain {
  /** The arrays of the slabs, until there are more slabs. */
  private int[] row;

  private boolean[] touched;
  private short[] link;

  private final SlubSlabs slabs;

  /** 0 where {@link #free} takes full slabs too, else -1. */
  private int fullStays = -1;

  SlubPlain(SlubSlabs slabs) {
    this.slabs = slabs;
  }

  /** From now on every cache has a node that takes slabs which are full no longer. */
  void fullMoves() {
    fullStays = 0;
  }

  /** The arrays are others from now on. */
  void use(int[] row, boolean[] touched, short[] link) {
    this.row = row;
    this.touched = touched;
    this.link = link;
  }

  /** Mostly it is noted already, and then a look costs less than writing it again. */
  private static void touch(boolean[] touched, int at) {
    if (!touched[at >>> FlatIntColumn.CHUNK_SHIFT]) {
      touched[at >>> FlatIntColumn.CHUNK_SHIFT] = true;
    }
  }

  /** Takes the first object of the CPU's own freelist, which is not empty. */
  long take(SlubCpu cpu) {
    long object = cpu.firstFree;
    cpu.free(link[cpu.linkBase + cpu.freelist]);
    return object;
  }

  /** Puts an object of the cpu slab in front of the CPU's own freelist. */
  void give(SlubCpu cpu, long object) {
    int first = cpu.objectAt(object);
    link[cpu.linkBase + first] = (short) cpu.freelist;
    cpu.freelist = first;
    cpu.firstFree = object;
  }

  /**
   * Frees into a slab that is no CPU's and has other objects in use still. Where {@link
   * #fullMoves}, a slab that was full becomes the last of its node's partial list.
   */
  boolean free(int slab, long object) {
    int[] row = this.row;
    int at = slab << ROW_SHIFT;
    int prior = row[at + FREELIST];
    int counts = row[at + COUNTS];
    if ((prior & fullStays | counts | counts - 2 * ONE_IN_USE) < 0) {
      return false;
    }
    int number = number(row, at, object);
    link[row[at + LINKS] + number] = (short) prior;
    row[at + FREELIST] = number;
    row[at + COUNTS] = counts - ONE_IN_USE;
    touch(touched, at);
    if (prior < 0) {
      addPartial(slabs.cacheOf(slab).soleNode, slab);
    }
    return true;
  }

  /** The number of an object of a slab without red zones. */
  private static int number(int[] row, int at, long object) {
    long offset = (int) object - (row[at + PFN] << SlabAllocator.PAGE_SHIFT);
    return (int) (offset * (row[at + INVERSE] & INVERSE_MASK) >>> INVERSE_SHIFT);
  }

  /** Makes a slab whose row was touched the last of {@code node}'s partial list. */
  private void addPartial(SlubNode node, int slab) {
    int[] row = this.row;
    int at = slab << ROW_SHIFT;
    int last = node.partialTail;
    row[at + NEXT] = NO_SLAB;
    row[at + PREV] = last;
    row[at + CACHE] = placed(row[at + CACHE], PARTIAL);
    if (last == NO_SLAB) {
      node.partialHead = slab;
    } else {
      row[(last << ROW_SHIFT) + NEXT] = slab;
      touch(touched, last << ROW_SHIFT);
    }
    node.partialTail = slab;
    node.nrPartial++;
  }

  /**
   * Lets go of a full cpu slab and takes the first object of the slab that follows: the first of
   * the CPU's partial chain, or of the node's partial list. NULL where it is not that simple.
   *
   * <p>One long method, since compilers inline none of more than 325 bytecodes: with this one in
   * it, kmalloc would be too large to be inlined itself.
   */
  long takeOfNext(SlubCpu cpu) {
    int[] row = this.row;
    boolean[] touched = this.touched;
    int full = cpu.slab << ROW_SHIFT;
    SlubNode node = cpu.soleNode;
    int slab = node == null ? cpu.partial : node.partialHead;
    if (slab == NO_SLAB || full == NO_SLAB || row[full + FREELIST] != NO_OBJECT) {
      return SlabAllocator.NULL;
    }
    row[full + COUNTS] &= ~FROZEN;
    row[full + CACHE] = placed(row[full + CACHE], NOWHERE);
    touch(touched, full);
    int at = slab << ROW_SHIFT;
    int next = row[at + NEXT];
    if (node == null) {
      cpu.partial = next;
    } else {
      node.partialHead = next;
      node.nrPartial--;
      if (next == NO_SLAB) {
        node.partialTail = NO_SLAB;
      } else {
        row[(next << ROW_SHIFT) + PREV] = NO_SLAB;
        touch(touched, next << ROW_SHIFT);
      }
    }
    int first = row[at + FREELIST];
    int objects = row[at + COUNTS] & OBJECTS_MASK;
    assert first >= 0 && first < objects : first;
    assert slabs.cacheOf(slab) == cpu.cache : slab;
    row[at + FREELIST] = NO_OBJECT;
    row[at + COUNTS] = FROZEN | objects * ONE_IN_USE | objects;
    row[at + CACHE] = placed(row[at + CACHE], CPU_SLAB);
    touch(touched, at);
    cpu.slab = slab;
    cpu.linkBase = row[at + LINKS];
    cpu.base = (long) row[at + PFN] << SlabAllocator.PAGE_SHIFT;
    cpu.free(link[cpu.linkBase + first]);
    return cpu.base + (long) first * cpu.size;
  }
}
