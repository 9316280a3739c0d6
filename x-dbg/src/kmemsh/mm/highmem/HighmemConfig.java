package kmemsh.mm.highmem;

/**
 * Where the windows to HighMem are and how large.
 *
 * <pre>
 *   slot        pkmapBase + slot * 4096             0 .. lastPkmap - 1
 *   level, cpu  fixaddrTop - fixmap slot * 4096     fixmap slot = kmapBegin + level + kmMaxIdx * cpu
 * </pre>
 *
 * <p>Spec: mappings.md 1.1-1.3, 19
 *
 * @param pkmapBase first address of the persistent window
 * @param lastPkmap slots of the persistent window
 * @param fixaddrTop address behind fixmap slot 1
 * @param kmapBegin fixmap slot of level 0 on CPU 0
 * @param kmMaxIdx local-map slots of a CPU; one of them is never used
 * @param nrCpus CPUs that have local maps
 * @param startPfn first HighMem frame
 * @param endPfn end of RAM, a pfn
 */
public record HighmemConfig(
    long pkmapBase,
    int lastPkmap,
    long fixaddrTop,
    int kmapBegin,
    int kmMaxIdx,
    int nrCpus,
    int startPfn,
    int endPfn) {
  private static final int PAGE_SHIFT = 12;

  /** Address of a slot of the persistent window. */
  public long pkmapAddress(int slot) {
    return pkmapBase + ((long) slot << PAGE_SHIFT);
  }

  /** The slot of the persistent window in which {@code virt} lies, or -1. */
  public int pkmapSlot(long virt) {
    long slot = (virt - pkmapBase) >>> PAGE_SHIFT;
    return Long.compareUnsigned(slot, lastPkmap) < 0 ? (int) slot : -1;
  }

  /** Address of a local-map slot, counted from 0 over all CPUs. */
  public long localAddress(int index) {
    return fixaddrTop - ((long) (kmapBegin + index) << PAGE_SHIFT);
  }

  /** The local-map slot in which {@code virt} lies, counted from 0 over all CPUs, or -1. */
  public int localIndex(long virt) {
    long index = ((fixaddrTop - (virt & -(1L << PAGE_SHIFT))) >>> PAGE_SHIFT) - kmapBegin;
    return Long.compareUnsigned(index, (long) kmMaxIdx * nrCpus) < 0 ? (int) index : -1;
  }
}
