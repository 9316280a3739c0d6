package kmemsh.machine;

/**
 * The hardware and the kernel options a machine boots with.
 *
 * <p>Ranges are rows of byte addresses, end exclusive. Spec: page-allocator.md 1.4, 1.8, 2.1
 *
 * @param name what the user called it: i386, x86_64 or a file
 * @param i386 whether the architecture is i386 (else x86_64)
 * @param pae i386 with HIGHMEM64G
 * @param memBytes RAM of the machine, in bytes, firmware's share included
 * @param ram rows of start, end, node: usable RAM in whole pages, ascending
 * @param firmware rows of start, end, type as firmware said it; null for a PC's map of that size
 * @param reserved rows of start, end: what boot code reserved, ascending
 * @param cpuNode node of each CPU
 * @param distance SLIT, from row to column
 * @param pageblockOrder 9 or 10
 * @param maxLowPfn i386: end of the direct mapping's reach (MAXMEM), a pfn
 * @param sizeofPage bytes of a struct page, for the memory map's size
 * @param cma whether CMA (and isolation) is built in
 * @param compaction whether compaction is built in
 * @param thp whether transparent huge pages are built in
 * @param smp whether the kernel is built for several CPUs
 * @param numa whether it is built for several nodes, be there one only
 * @param slab the object allocator: slab, slub or slob
 * @param boot what it boots with
 */
public record Profile(
    String name,
    boolean i386,
    boolean pae,
    long memBytes,
    long[][] ram,
    long[][] firmware,
    long[][] reserved,
    int[] cpuNode,
    int[][] distance,
    int pageblockOrder,
    int maxLowPfn,
    int sizeofPage,
    boolean cma,
    boolean compaction,
    boolean thp,
    boolean smp,
    boolean numa,
    String slab,
    BootOptions boot) {

  /** This machine with so many CPUs, one node after the other; more than can be booted, too. */
  public Profile withCpus(int nrCpus) {
    int[] nodes = new int[nrCpus];
    for (int cpu = 0; cpu < nrCpus; cpu++) {
      nodes[cpu] = cpu % nrNodes();
    }
    return new Profile(
        name,
        i386,
        pae,
        memBytes,
        ram,
        firmware,
        reserved,
        nodes,
        distance,
        pageblockOrder,
        maxLowPfn,
        sizeofPage,
        cma,
        compaction,
        thp,
        smp || nrCpus > 1,
        numa,
        slab,
        boot);
  }

  /**
   * What makes this machine again, for somebody to change.
   *
   * @param fileText the text of its machine file, or empty
   */
  public MachineOptions again(String fileText) {
    return new MachineOptions(
        name,
        fileText,
        isBuiltIn() ? memBytes : 0,
        nrCpus(),
        nrNodes(),
        slab,
        i386 && pae && !mustPae(),
        i386 ? boot : boot.withAddress(AddressOptions.OWN));
  }

  public String slubDebug() {
    return boot.slubDebug();
  }

  public boolean slabNomerge() {
    return boot.slabNomerge();
  }

  public boolean unsafe() {
    return boot.unsafe();
  }

  public boolean noHashPointers() {
    return boot.noHashPointers();
  }

  public AddressOptions address() {
    return boot.address();
  }

  public int nrNodes() {
    return distance.length;
  }

  public int nrCpus() {
    return cpuNode.length;
  }

  /** Whether huge pages by hugetlbfs are built in; it was so in these of the recorded kernels. */
  public boolean hugetlb() {
    return compaction || (smp && !numa());
  }

  public String arch() {
    return i386 ? "i386" : "x86_64";
  }

  /** End of RAM, a pfn; without PAE i386 sees 4 GiB at most. */
  public int maxPfn() {
    long end = ram[ram.length - 1][1] >>> 12;
    return (int) (i386 && !pae ? Math.min(end, 0x100000) : end);
  }

  /** End of low memory, a pfn. Spec: mappings.md 1.4 */
  public int endOfLowmem() {
    return i386 ? Math.min(maxPfn(), maxLowPfn) : maxPfn();
  }

  /** Bits of a physical address of its CPUs. */
  public int physBits() {
    if (!i386) {
      return 46;
    }
    return pae ? 36 : 32;
  }

  /** What was typed at the kernel's boot, as /proc/cmdline shows it, each with a blank before. */
  String bootOptions() {
    return ProfileText.bootOptions(this);
  }

  /** First address of the linear map. Spec: mappings.md 1.1, 2 */
  public long pageOffset() {
    return i386 ? address().pageOffset() : 0xffff888000000000L;
  }

  /** Whether a second free may reach the kernel: it reports it, or its effect can be shown. */
  public boolean letsThrough() {
    return unsafe() || !slubDebug().isEmpty();
  }

  /** Whether the machine comes with the program, rather than from a file. */
  public boolean isBuiltIn() {
    return Profiles.isBuiltIn(name);
  }

  /** Whether there is RAM that i386 reaches with PAE only. */
  public boolean mustPae() {
    return ram[ram.length - 1][1] > FOUR_GIB;
  }

  private static final long FOUR_GIB = 1L << 32;

  /** The options that make this machine again, as they are typed after {@code reboot}. */
  public String options() {
    return ProfileText.options(this);
  }
}
