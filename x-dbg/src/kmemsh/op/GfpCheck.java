package kmemsh.op;

import kmemsh.machine.Machine;
import kmemsh.view.Gfp;
import kmemsh.view.Refusal;

/** Masks no caller may use, or not here. Spec: page-allocator.md 4.3, 4.4, 4.7 */
final class GfpCheck {
  private GfpCheck() {}

  static void check(Machine machine, int gfpMask) {
    if (machine.isAtomic()) {
      ContextCheck.alloc(machine, gfpMask);
    }
    if (!Gfp.validZoneBits(gfpMask)) {
      throw new Refused(
          new Refusal(
              Gfp.print(gfpMask)
                  + " asks for several zones: of DMA, DMA32 and HIGHMEM one is allowed",
              "A real kernel would take the lowest zone, or stop at VM_BUG_ON with CONFIG_DEBUG_VM",
              ""));
    }
    if (!Gfp.validMobility(gfpMask)) {
      throw new Refused(
          new Refusal(
              Gfp.print(gfpMask) + " is both movable and reclaimable: a page has one mobility",
              "A real kernel would warn and use a free list that is nobody's",
              ""));
    }
  }
}
