package kmemsh.machine;

import kmemsh.mm.highmem.HighmemConfig;

/**
 * Where the windows to HighMem lie, counted down from the top of the address space.
 *
 * <p>A kernel for one CPU has no APIC; one for several is built for 4, with more CPUs for 8 with
 * the options of i386_defconfig.
 *
 * <p>Spec: mappings.md 1.2, 1.3
 */
final class HighmemLayout {
  private static final long PAGE = 4096;
  private static final long FIXADDR_TOP = 0xfffff000L;
  private static final int KM_MAX_IDX = 16;
  private static final int FIRST_SLOTS = 3;
  private static final int APIC_SLOTS = 1 + 64;
  private static final int DEFCONFIG_SLOTS = 1;
  private static final int BOOT_SLOTS = 512;
  private static final int ENTRY_AREA_PAGES = 43;
  private static final int FEW_CPUS = 4;
  private static final int MANY_CPUS = 8;

  private HighmemLayout() {}

  /** The windows of {@code profile}; of size 0 on x86_64. */
  static HighmemConfig of(Profile profile) {
    if (!profile.i386()) {
      int end = profile.maxPfn();
      return new HighmemConfig(0, 0, 0, 0, 0, profile.nrCpus(), end, end);
    }
    int cpus = kernelCpus(profile);
    int begin = FIRST_SLOTS;
    int permanent = 0;
    if (cpus > 1) {
      begin += APIC_SLOTS + (cpus == MANY_CPUS ? DEFCONFIG_SLOTS : 0);
      permanent = cpus == MANY_CPUS ? DEFCONFIG_SLOTS : 0;
    }
    permanent += begin + KM_MAX_IDX * cpus;
    int entries = profile.pae() ? 512 : 1024;
    return new HighmemConfig(
        pkmapBase(permanent, cpus, entries),
        entries,
        FIXADDR_TOP,
        begin,
        KM_MAX_IDX,
        profile.nrCpus(),
        profile.endOfLowmem(),
        profile.maxPfn());
  }

  /** NR_CPUS of the kernel. */
  private static int kernelCpus(Profile profile) {
    if (!profile.smp()) {
      return 1;
    }
    return profile.nrCpus() <= FEW_CPUS ? FEW_CPUS : MANY_CPUS;
  }

  private static long pkmapBase(int permanent, int cpus, int entries) {
    boolean crosses = permanent / entries != (permanent + BOOT_SLOTS - 1) / entries;
    int boot = crosses ? permanent + BOOT_SLOTS - permanent % BOOT_SLOTS : permanent;
    int end = boot + BOOT_SLOTS + 1;
    long pmd = entries * PAGE;
    long entryArea = down(FIXADDR_TOP - (end + ENTRY_AREA_PAGES * (long) cpus + 1) * PAGE, pmd);
    long ldt = down(entryArea - PAGE, pmd);
    return down(ldt - PAGE, pmd);
  }

  private static long down(long address, long size) {
    return address & -size;
  }
}
