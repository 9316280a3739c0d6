package kmemsh.command;

import kmemsh.lang.Value;
import kmemsh.machine.Machine;
import kmemsh.machine.Slabs;
import kmemsh.op.Kmalloc;
import kmemsh.view.Addr;
import kmemsh.view.Gfp;
import kmemsh.view.NullObject;
import kmemsh.view.ObjectFreed;
import kmemsh.view.ObjectResult;
import kmemsh.view.Refusal;

/** What commands that take objects and give them back answer. */
final class ObjectReplies {
  private static final int PAGE_SHIFT = 12;
  private static final int MAX_ORDER = 10;
  private static final long MOST_IN_CACHES = 8192;

  private ObjectReplies() {}

  /** The object at {@code address}; {@code askedBytes} is -1 for an object of a cache. */
  static Reply taken(Machine machine, long address, long askedBytes) {
    return Reply.of(record(machine, address, askedBytes), Value.object(address));
  }

  private static ObjectResult record(Machine machine, long address, long askedBytes) {
    Addr virt = new Addr(address);
    if (address <= Slabs.ZERO_SIZE_PTR && address >= 0) {
      return new ObjectResult(virt, "", askedBytes, 0, -1, -1, 0);
    }
    Slabs slab = machine.slab();
    long object = address - machine.pageOffset();
    int cache = slab.cacheOf(object);
    int pfn = (int) (object >>> PAGE_SHIFT);
    if (cache == Slabs.NO_CACHE) {
      int order = slab.largeOrder(object);
      long usable = askedBytes < 0 ? 0 : slab.ksize(object);
      return new ObjectResult(virt, "", askedBytes, usable, pfn, -1, order < 0 ? 0 : 1 << order);
    }
    return new ObjectResult(
        virt,
        slab.cache(cache).name,
        askedBytes,
        slab.ksize(object),
        slab.slabPfn(object),
        slab.objectNumber(object),
        0);
  }

  /** The object at {@code address} was freed. */
  static Reply freed(Machine machine, long address) {
    Addr virt = new Addr(address);
    if (address <= Slabs.ZERO_SIZE_PTR && address >= 0) {
      return Reply.of(new ObjectFreed(virt, "", -1));
    }
    Slabs slab = machine.slab();
    long object = address - machine.pageOffset();
    int cache = slab.cacheOf(object);
    boolean heap = cache == Slabs.NO_CACHE && slab.holds(object);
    int pfn = heap ? (int) (object >>> PAGE_SHIFT) : slab.slabPfn(object);
    return Reply.of(
        new ObjectFreed(virt, cache == Slabs.NO_CACHE ? "" : slab.cache(cache).name, pfn));
  }

  /** The kernel found something wrong and did not free the object. */
  static Reply notFreed(long address) {
    return Reply.assertFailed(
        new Refusal(
            "the kernel reports a bug and does not free 0x" + Long.toHexString(address),
            "dmesg shows the report and what was put right",
            ""));
  }

  /** NULL from a cache. */
  static Reply nothing(int gfpMask, String cache) {
    return nothingBecause(gfpMask, "there are no pages for another slab of " + cache);
  }

  /** NULL from kmalloc. */
  static Reply nothing(int gfpMask, long sizeBytes) {
    if (sizeBytes == Kmalloc.OVERFLOW) {
      return nothingBecause(gfpMask, "the product does not fit into size_t");
    }
    if (sizeBytes > MOST_IN_CACHES) {
      int order = Kmalloc.order(sizeBytes);
      String large = sizeBytes + " bytes need pages of order " + order;
      return nothingBecause(
          gfpMask, large + (order > MAX_ORDER ? "; the largest is 10" : ", and there are none"));
    }
    return nothingBecause(gfpMask, "there are no pages for another slab");
  }

  private static Reply nothingBecause(int gfpMask, String reason) {
    String gfp = Gfp.print(gfpMask);
    return Reply.of(new NullObject(gfp.isEmpty() ? "gfp 0" : gfp, reason), Value.nothing());
  }
}
