package kmemsh.mm.vmalloc;

/**
 * Where the regions of the kernel's address space lie: computed from the kernel's options and, on
 * i386, from the end of low memory.
 *
 * <pre>
 *   i386     PAGE_OFFSET | linear map | hole | vmalloc | pkmap | LDT | CPU entry | fixmap | top
 *   x86_64   LDT | linear map | vmalloc | struct pages | CPU entry | ... | image | modules | fixmap
 * </pre>
 *
 * <p>Ends are exclusive, but for VMALLOC_END of x86_64, which is the last address as in the kernel.
 *
 * <p>Spec: mappings.md 1, 2
 */
public final class AddressLayout {
  public static final long PAGE_BYTES = 4096;

  /** The hole behind the linear map of i386. */
  public static final long VMALLOC_OFFSET = 8L << 20;

  /** What i386 keeps for vmalloc without {@code vmalloc=}, the hole included. */
  public static final long VMALLOC_RESERVE = 128L << 20;

  public static final int KM_MAX_IDX = 16;

  private static final long FIXADDR_TOP_I386 = 0xfffff000L;
  private static final int FIRST_SLOTS = 3;
  private static final int IO_APIC_SLOTS = 64;
  private static final int BOOT_SLOTS = 512;
  private static final int WP_TEST_SLOTS = 1;
  private static final int ENTRY_PAGES_PER_CPU = 43;
  private static final long GUARD = 2 * PAGE_BYTES;

  /**
   * The options of a kernel that move its addresses.
   *
   * @param pageOffset first kernel address, i386
   * @param pae i386 with three levels
   * @param highmem whether HighMem is built in
   * @param nrCpus CPUs the kernel is built for
   * @param apic whether it drives a local APIC and IO-APICs
   * @param defconfig whether it has the OHCI1394 and PCI MMCONFIG slots of i386_defconfig
   * @param vmallocReserve address space kept away from low memory
   */
  public record Build(
      long pageOffset,
      boolean pae,
      boolean highmem,
      int nrCpus,
      boolean apic,
      boolean defconfig,
      long vmallocReserve) {}

  public final boolean i386;
  public final boolean pae;
  public final long pageOffset;

  /** Virtual address of the end of the linear map. */
  public final long highMemory;

  public final long vmallocStart;
  public final long vmallocEnd;

  /** The persistent kmap window, 0 without HighMem. */
  public final long pkmapBase;

  public final int lastPkmap;
  public final long ldtBase;
  public final long cpuEntryBase;
  public final long cpuEntryEnd;

  /** Lowest boot-time slot of the fixmap. */
  public final long fixaddrTotStart;

  public final long fixaddrStart;
  public final long fixaddrTop;

  /** Number of the first slot for local kmaps, counted down from the top. */
  public final int fixKmapBegin;

  /** End of what can be low memory, a pfn. */
  public final long maxmemPfn;

  /** What one table of the lowest level maps. */
  public final long pmdBytes;

  /** The layout of {@code build} with low memory up to {@code endOfLowmem}, a pfn. */
  public static AddressLayout i386(Build build, long endOfLowmem) {
    return new AddressLayout(build, endOfLowmem);
  }

  private AddressLayout(Build build, long endOfLowmem) {
    i386 = true;
    pae = build.pae;
    pageOffset = build.pageOffset;
    int entries = pae ? 512 : 1024;
    pmdBytes = entries * PAGE_BYTES;
    fixaddrTop = FIXADDR_TOP_I386;
    fixKmapBegin = kmapBegin(build);
    int permanent = fixKmapBegin + KM_MAX_IDX * build.nrCpus + (build.defconfig ? 1 : 0);
    fixaddrStart = fixaddrTop - permanent * PAGE_BYTES;
    fixaddrTotStart = fixaddrTop - endOfSlots(permanent, entries) * PAGE_BYTES;
    long entryBytes = PAGE_BYTES * (ENTRY_PAGES_PER_CPU * (long) build.nrCpus + 1);
    cpuEntryBase = down(fixaddrTotStart - entryBytes, pmdBytes);
    cpuEntryEnd = cpuEntryBase + entryBytes;
    ldtBase = down(cpuEntryBase - PAGE_BYTES, pmdBytes);
    lastPkmap = build.highmem ? entries : 0;
    pkmapBase = build.highmem ? down(ldtBase - PAGE_BYTES, pmdBytes) : 0;
    vmallocEnd = (build.highmem ? pkmapBase : ldtBase) - GUARD;
    maxmemPfn = (vmallocEnd - pageOffset - build.vmallocReserve) / PAGE_BYTES;
    highMemory = pageOffset + endOfLowmem * PAGE_BYTES;
    vmallocStart = highMemory + VMALLOC_OFFSET;
  }

  private static int kmapBegin(Build build) {
    return FIRST_SLOTS + (build.defconfig ? 1 : 0) + (build.apic ? 1 + IO_APIC_SLOTS : 0);
  }

  /** The boot-time slots do not cross a table, and one more is behind them. Spec: 1.2 */
  private static long endOfSlots(int permanent, int entries) {
    boolean crosses = permanent / entries != (permanent + BOOT_SLOTS - 1) / entries;
    int boot = crosses ? permanent + BOOT_SLOTS - permanent % BOOT_SLOTS : permanent;
    return boot + BOOT_SLOTS + WP_TEST_SLOTS;
  }

  private static long down(long address, long size) {
    return address & -size;
  }

  /** The layout of x86_64 with memory up to {@code maxPfn}. */
  public static AddressLayout x8664(long maxPfn) {
    return new AddressLayout(maxPfn);
  }

  private AddressLayout(long maxPfn) {
    i386 = false;
    pae = false;
    pageOffset = 0xffff888000000000L;
    highMemory = pageOffset + maxPfn * PAGE_BYTES;
    vmallocStart = 0xffffc90000000000L;
    vmallocEnd = 0xffffe8ffffffffffL;
    pkmapBase = 0;
    lastPkmap = 0;
    ldtBase = 0xffff880000000000L;
    cpuEntryBase = 0xfffffe0000000000L;
    cpuEntryEnd = 0xfffffe8000000000L;
    fixaddrStart = 0xffffffffff77c000L;
    fixaddrTotStart = fixaddrStart;
    fixaddrTop = 0xffffffffff7ff000L;
    fixKmapBegin = 0;
    maxmemPfn = 1L << 34;
    pmdBytes = 2L << 20;
  }

  /** Bytes that vmalloc may use. */
  public long vmallocBytes() {
    return i386 ? vmallocEnd - vmallocStart : vmallocEnd - vmallocStart + 1;
  }

  /** {@code is_vmalloc_addr}. */
  public boolean isVmalloc(long virt) {
    return Long.compareUnsigned(virt, vmallocStart) >= 0
        && Long.compareUnsigned(virt, vmallocEnd) < 0;
  }

  /** The last address, ULONG_MAX. */
  public long lastAddress() {
    return i386 ? 0xffffffffL : -1L;
  }

  /** Whether the CPU can use {@code virt} at all. */
  public boolean isCanonical(long virt) {
    return i386 ? virt >>> 32 == 0 : virt >> 47 == 0 || virt >> 47 == -1;
  }

  /** Logarithm of the greatest alignment of an ioremap. */
  public int maxAlignShift() {
    if (!i386) {
      return 30;
    }
    return pae ? 21 : 22;
  }

  /** First address behind the user's part of the space. */
  public long taskSize() {
    return i386 ? pageOffset : 0x7ffffffff000L;
  }
}
