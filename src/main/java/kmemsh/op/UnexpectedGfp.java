package kmemsh.op;

import kmemsh.machine.Machine;
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

  /** What {@link #log} wants to know after the call; 0 where the mask is as it should be. */
  static long before(Machine machine, int gfpMask) {
    return (gfpMask & BITS) == 0 ? 0 : machine.slab().unexpectedGfps();
  }

  /** Says so for each time that the call took pages. */
  static void log(Machine machine, int gfpMask, long before) {
    if ((gfpMask & BITS) != 0) {
      for (long nr = machine.slab().unexpectedGfps() - before; nr > 0; nr--) {
        machine.printk().unexpectedGfp(gfpMask & BITS, gfpMask & ~BITS);
      }
    }
  }
}
