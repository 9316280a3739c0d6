package kmemsh.op;

import kmemsh.machine.Machine;
import kmemsh.view.Gfp;

/**
 * Takes {@code sizeBytes}: {@code kmalloc} and its kin; gives the address, 0 for NULL, 16 for
 * nothing.
 *
 * @param sizeBytes {@link #OVERFLOW} when a product did not fit: NULL without a word
 */
public record Kmalloc(long sizeBytes, int gfpMask) implements Op {
  public static final long OVERFLOW = -1;

  private static final int PAGE_SHIFT = 12;
  private static final long MOST_IN_CACHES = 8192;

  @Override
  public void check(Machine machine) {
    GfpCheck.check(machine, gfpMask);
    CacheCheck.allocator(machine);
  }

  @Override
  public long run(Machine machine) {
    if (sizeBytes == OVERFLOW) {
      return 0;
    }
    if (machine.isAtomic() && sizeBytes != 0) {
      ContextCheck.mayAlloc(machine, gfpMask);
    }
    boolean unexpected = (gfpMask & (Gfp.__GFP_DMA32 | Gfp.__GFP_HIGHMEM)) != 0;
    long slabs = unexpected ? machine.slab().nrSlabs() : 0;
    long object = machine.slab().kmalloc(sizeBytes, gfpMask);
    if (unexpected) {
      UnexpectedGfp.log(machine, gfpMask, object, slabs);
    }
    if (object == 0) {
      logFailure(machine, sizeBytes, gfpMask);
    }
    return Objects.virtual(machine, object);
  }

  /** Large blocks come straight from the page allocator, which reports its failure. */
  static void logFailure(Machine machine, long sizeBytes, int gfpMask) {
    if (sizeBytes > MOST_IN_CACHES) {
      int mask = gfpMask & ~(Gfp.__GFP_DMA32 | Gfp.__GFP_HIGHMEM) | Gfp.__GFP_COMP;
      machine.printk().allocFailure(mask, order(sizeBytes));
    }
  }

  /** The order of the smallest block of pages with {@code sizeBytes}. */
  public static int order(long sizeBytes) {
    return Long.SIZE - Long.numberOfLeadingZeros((sizeBytes - 1) >>> PAGE_SHIFT);
  }
}
