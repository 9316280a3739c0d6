package kmemsh.op;

import kmemsh.machine.Machine;
import kmemsh.machine.Slabs;
import kmemsh.view.Gfp;

/**
 * Masks with zones in which no object can be: the kernel takes these bits out, and says so where it
 * takes pages for a new slab or a large block. SLOB never looks.
 *
 * <p>Spec: mappings.md 20
 */
final class UnexpectedGfp {
  private static final int BITS = Gfp.__GFP_DMA32 | Gfp.__GFP_HIGHMEM;

  private UnexpectedGfp() {}

  /**
   * Says so if the object came from pages that were taken for it; {@code slabs} were there before.
   */
  static void log(Machine machine, int gfpMask, long object, long slabs) {
    Slabs slab = machine.slab();
    boolean large = object > Slabs.ZERO_SIZE_PTR && slab.largeOrder(object) >= 0;
    if (!slab.kind().equals("slob") && (large || slab.nrSlabs() > slabs)) {
      machine.printk().unexpectedGfp(gfpMask & BITS, gfpMask & ~BITS);
    }
  }
}
