package kmemsh.mm.slab;

import kmemsh.mm.page.PageMachine;
import kmemsh.view.Gfp;

/**
 * Objects of the present CPU's own freelist of a cache. What that CPU keeps of the cache is looked
 * up once, and then at hand as long as {@link PageMachine#turn} stays the same: what an object is
 * read from must not hang at the end of a long chain of references.
 *
 * <p>Spec: slab-allocators.md 3.5, 3.6
 */
final class SlubQuick extends QuickObjects {
  private final Slub slub;
  private final SlubPlain plain;
  private final long size;
  private final KmemCache cache;
  private PageMachine machine;
  private SlubCpu known;
  private int turn;

  /** For objects of {@code cache}, or where that is null for requests of {@code size} bytes. */
  SlubQuick(Slub slub, KmemCache cache, long size) {
    this.slub = slub;
    this.cache = cache;
    this.size = size;
    plain = slub.slabs.plain;
    look();
  }

  private SlubCpu look() {
    machine = slub.machine;
    known = slub.plain ? ofCache().cpus[machine.cpu()] : slub.nowhere;
    turn = machine.turn();
    return known;
  }

  private SlubCache ofCache() {
    int mask = Gfp.GFP_KERNEL;
    return (SlubCache) (cache == null ? slub.kmallocTable.cache((int) size, mask) : cache);
  }

  private SlubCpu here() {
    return turn == machine.turn() ? known : look();
  }

  @Override
  public long take() {
    SlubCpu cpu = here();
    return cpu.freelist >= 0 ? plain.take(cpu) : SlabAllocator.NULL;
  }

  @Override
  public boolean give(long object) {
    SlubCpu cpu = here();
    // In the slab's first page it is; the whole way knows about other pages.
    if (cpu.slab == SlubSlabs.NO_SLAB || (object ^ cpu.base) >>> SlabAllocator.PAGE_SHIFT != 0) {
      return false;
    }
    plain.give(cpu, object);
    return true;
  }
}
