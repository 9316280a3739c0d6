package kmemsh.op;

import kmemsh.machine.AddressSpace;
import kmemsh.machine.Machine;
import kmemsh.machine.Slabs;
import kmemsh.view.Refusal;

/**
 * What is wrong with a free that {@link BadFree} refuses, and what a real kernel would do.
 *
 * <p>Spec: page-allocator.md 7.1, 7.7
 */
final class FreeRefusals {
  private static final int MAX_ORDER = 10;

  private FreeRefusals() {}

  static Refused kernelOwn(int pfn) {
    return refused(
        pfn,
        "holds page tables that the kernel made at boot",
        "A real kernel would reuse them and crash at the next access through them",
        "");
  }

  /** Refuses pages of the object allocator. */
  static void slabPage(Machine machine, int pfn) {
    Slabs slab = machine.slab();
    long address = (long) pfn << 12;
    if (!slab.holds(address) && slab.largeOrder(address) < 0) {
      return;
    }
    int cache = slab.cacheOf(address);
    boolean large = slab.largeOrder(address) >= 0;
    String owner = cache == Slabs.NO_CACHE ? "SLOB's heap" : "the cache " + slab.cache(cache).name;
    throw refused(
        pfn,
        large ? "was taken by kmalloc: kfree gives it back" : "belongs to " + owner,
        large
            ? "A real kernel would free it and count too many bytes of slab for ever"
            : "A real kernel would report \"Bad page state\" (PG_slab set) or hand out a page full"
                + " of objects in use",
        large ? "kfree 0x" + Long.toHexString(machine.addressOf(pfn)) : "");
  }

  /** Refuses page tables and pages that vmalloc took. */
  static void mappedPage(Machine machine, int pfn) {
    AddressSpace space = machine.spaceOrNull();
    if (space.isTable(pfn)) {
      throw refused(
          pfn,
          "holds a page table of the kernel",
          "A real kernel would hand it out again and follow whatever is written there",
          "");
    }
    long start = space.areaOfFrame(pfn);
    if (start != 0) {
      String area = "0x" + Long.toHexString(start);
      throw refused(
          pfn,
          "belongs to the vmalloc area at " + area,
          "A real kernel would free it, hand it out again, and free it once more in vfree",
          "vfree " + area);
    }
  }

  /** Why {@code pfn} is no head of an allocation of exactly {@code order}. */
  static Refused reason(Machine machine, int pfn, int order) {
    if (pfn < 0 || pfn >= machine.nrFrames()) {
      return new Refused(
          "pfn " + BadFree.hex(pfn) + " is not one of 0.." + BadFree.hex(machine.nrFrames() - 1));
    }
    if (order < 0 || order > MAX_ORDER) {
      return new Refused("order " + order + " is not one of 0.." + MAX_ORDER);
    }
    int head = machine.blockHead(pfn);
    if (head < 0) {
      return machine.isRam(pfn)
          ? refused(
              pfn,
              "is reserved by the kernel and was never handed out",
              "A real kernel would report \"Bad page state\" (PG_reserved set) and leave it alone",
              "")
          : refused(
              pfn,
              "lies in a hole of the memory map: there is no page frame",
              "A real kernel would work on a struct page that describes nothing and oops or"
                  + " corrupt",
              "");
    }
    int allocated = machine.allocatedOrder(head);
    if (allocated < 0) {
      return refused(
          pfn,
          "is free already, " + whereFree(machine, head),
          "A real kernel would let its _refcount go to -1 and report \"Bad page state\" when it"
              + " meets the page again; with order > 0 it would do so at once",
          "");
    }
    return head == pfn ? wrongOrder(machine, pfn, allocated, order) : tail(pfn, head, allocated);
  }

  private static String whereFree(Machine machine, int head) {
    int order = machine.pages().freeOrder(head);
    String zone = " of zone " + machine.zoneName(head);
    return order < 0
        ? "on a per-CPU list" + zone
        : "in the block " + BadFree.hex(head) + " on the order-" + order + " list" + zone;
  }

  private static Refused wrongOrder(Machine machine, int pfn, int allocated, int order) {
    String would =
        order < allocated
            ? "A real kernel would free the first "
                + (1 << order)
                + " of its "
                + (1 << allocated)
                + " pages and leak the rest"
            : behind(machine, pfn + (1 << allocated), pfn + (1 << order));
    return refused(
        pfn,
        "was allocated with order " + allocated + ", not " + order,
        would,
        "free_pages " + BadFree.hex(pfn) + " " + allocated);
  }

  /** What a kernel that is told too large an order finds in the frames behind the block. */
  private static String behind(Machine machine, int start, int end) {
    boolean buddies = false;
    for (int pfn = start; pfn < end; pfn++) {
      int head = pfn < machine.nrFrames() ? machine.blockHead(pfn) : -1;
      if (head < 0 || (head == pfn && machine.allocatedOrder(pfn) >= 0)) {
        return "A real kernel would find pages in use behind it (nonzero _refcount), report \"Bad"
            + " page state\" and leak the block";
      }
      buddies |= head == pfn && machine.pages().freeOrder(pfn) >= 0;
    }
    return buddies
        ? "A real kernel would find a free block behind it (nonzero mapcount, where buddy is"
            + " marked), report \"Bad page state\" and leak the block"
        : "A real kernel would not notice that the pages behind it are free already, and hand them"
            + " out twice";
  }

  private static Refused tail(int pfn, int head, int allocated) {
    return refused(
        pfn,
        "is page "
            + (pfn - head + 1)
            + " of the block of order "
            + allocated
            + " at pfn "
            + BadFree.hex(head)
            + ", not its head",
        "A real kernel would do this without a word and corrupt its free lists (CONFIG_DEBUG_VM:"
            + " BUG at page_ref_count)",
        "free_pages " + BadFree.hex(head) + " " + allocated);
  }

  private static Refused refused(int pfn, String what, String kernelWould, String suggestion) {
    return new Refused(
        new Refusal("pfn " + BadFree.hex(pfn) + " " + what, kernelWould, suggestion));
  }
}
