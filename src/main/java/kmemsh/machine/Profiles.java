package kmemsh.machine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import kmemsh.mm.slab.SlubDebugOption;

/**
 * The machines that can be booted: two built in, any size of them, and a user's own file.
 *
 * <p>The built-in ones are the recorded kernels' machines, byte for byte: i386 with 1280 MiB and
 * SLAB, x86_64 with 5 GiB and SLUB, one CPU each. Other sizes follow the same firmware map and the
 * same kinds of reservations.
 *
 * <p>Spec: page-allocator.md 1.4, 2.1; mappings.md 1.3
 */
public final class Profiles {
  public static final String I386 = "i386";
  public static final String X86_64 = "x86_64";
  public static final int MAX_CPUS = 8;
  public static final int MAX_NODES = 4;

  private static final long MIB = 1L << 20;
  private static final long GIB = 1L << 30;
  private static final long MIN_MEM = 32 * MIB;
  private static final long MAX_MEM_I386 = 64 * GIB;
  private static final long MAX_MEM_X86_64 = 1024 * GIB;
  private static final long I386_MEM = 1280 * MIB;
  private static final long X86_64_MEM = 5120 * MIB;
  private static final int LEAST_FREE_OF_NODE = 256;
  private static final int MAXMEM_PFN = 0x373fe;
  static final int LEAST_LOWMEM_PFN = 0x4000;
  private static final int END_WITHOUT_PAE = 0x100000;
  private static final long VMALLOC = 120 * MIB;
  private static final long LEAST_VMALLOC = 4 * MIB;
  private static final int LOCAL = 10;

  // As the recorded kernels i386-slab and x86_64-slub had it; pages touched in part are listed
  // whole.
  private static final long[][] I386_RESERVED = {
    {0x0, 0x100000},
    {0x1000000, 0x138a000},
    {0x3682f000, 0x368f7000},
    {0x368f8000, 0x373fe000},
  };
  private static final long[][] X86_64_RESERVED = {
    {0x0, 0x100000},
    {0x1000000, 0x1c06000},
    {0x7ff04000L, 0x80000000L},
    {0xbbfe0000L, 0xbffe0000L},
    {0x17a200000L, 0x17fe00000L},
    {0x17ff2b000L, 0x180000000L},
  };

  private Profiles() {}

  /** The machine without any options: i386, 1280 MiB, one CPU, SLAB. */
  public static Profile standard() {
    return new Profile(
        I386,
        true,
        false,
        I386_MEM,
        new long[][] {{0x1000, 0x9f000, 0}, {MIB, I386_MEM - (128 << 10), 0}},
        null,
        I386_RESERVED.clone(),
        new int[1],
        new int[][] {{LOCAL}},
        10,
        MAXMEM_PFN,
        32,
        false,
        false,
        false,
        false,
        false,
        "slab",
        BootOptions.STANDARD);
  }

  /** The machine {@code options} ask for. */
  public static Profile make(MachineOptions options) {
    MachineFile file = new MachineFile(options.machine(), options.fileText());
    return new ProfileBuilder(options, file).build();
  }

  /** Whether {@code name} is empty or a machine that needs no file. */
  public static boolean isBuiltIn(String name) {
    return name.isEmpty() || name.equals(I386) || name.equals(X86_64);
  }

  /** Puts a profile together from options and a machine file, the options deciding. */
  private static final class ProfileBuilder {
    private final MachineOptions options;
    private final MachineFile file;
    private final boolean i386;
    private long mem;
    private boolean pae;
    private int cpus;
    private int nodes;
    private String slab;
    private AddressOptions address;
    private int maxLowPfn;

    ProfileBuilder(MachineOptions options, MachineFile file) {
      this.options = options;
      this.file = file;
      this.i386 = !file.arch.equals(X86_64);
    }

    Profile build() {
      cpus = count("cpus", options.cpus(), file.cpus, MAX_CPUS);
      nodes = count("nodes", options.nodes(), file.nodes, MAX_NODES);
      slab = checkSlab();
      List<long[]> usable = usable();
      boolean wanted = file.pae || options.pae();
      pae = i386 && (wanted || usable.get(usable.size() - 1)[1] > 4 * GIB);
      address = checkAddress();
      List<long[]> pages = MemoryMap.trim(usable);
      maxLowPfn = i386 ? lowmem(pages) : 0;
      if (i386 && nodes > 1) {
        throw new BadProfile(
            nodes + " nodes: an i386 machine has one; use --machine x86_64 for several");
      }
      long[][] ram = MemoryMap.nodes(pages, nodes);
      Profile profile = profile(ram);
      checkNodes(profile);
      return profile;
    }

    private Profile profile(long[][] ram) {
      return new Profile(
          options.machine().isEmpty() ? I386 : options.machine(),
          i386,
          pae,
          mem,
          ram,
          options.memBytes() == 0 ? file.firmware() : null,
          reserved(ram),
          cpuNodes(),
          distances(),
          file.pageblockOrder == 0 ? 10 : file.pageblockOrder,
          maxLowPfn,
          sizeofPage(),
          file.cma,
          file.compaction,
          file.thp,
          cpus > 1 || file.smp,
          nodes > 1,
          slab,
          bootOptions());
    }

    private BootOptions bootOptions() {
      BootOptions asked = options.boot();
      return new BootOptions(
          checkSlubDebug(),
          asked.slabNomerge() || file.slabNomerge,
          asked.unsafe(),
          asked.noHashPointers() || file.noHashPointers,
          address);
    }

    /** A kernel cannot boot with a node on which nothing is free. */
    private static void checkNodes(Profile profile) {
      if (!profile.numa()) {
        return;
      }
      long[] free = new long[profile.nrNodes()];
      int[] pfns = Ranges.freePfns(profile);
      for (long[] range : profile.ram()) {
        for (int i = 0; i < pfns.length; i += 2) {
          long start = Math.max(pfns[i], range[0] >>> 12);
          long end = Math.min(pfns[i + 1], range[1] >>> 12);
          free[(int) range[2]] += Math.max(0, end - start);
        }
      }
      for (int nid = 0; nid < free.length; nid++) {
        if (free[nid] < LEAST_FREE_OF_NODE) {
          throw new BadProfile(
              ProfileText.size(profile.memBytes())
                  + " of memory is too little for "
                  + free.length
                  + " nodes: boot leaves "
                  + free[nid]
                  + " pages of node "
                  + nid);
        }
      }
    }

    private static int count(String what, int given, int inFile, int most) {
      int value = given == 0 ? Math.max(1, inFile) : given;
      if (value < 1 || value > most) {
        throw new BadProfile(value + " " + what + ": a machine has 1 to " + most);
      }
      return value;
    }

    private String checkSlab() {
      String asked = options.slab().isEmpty() ? file.slab : options.slab();
      String kind = asked.isEmpty() ? (i386 ? "slab" : "slub") : asked;
      if (!kind.equals("slab") && !kind.equals("slub") && !kind.equals("slob")) {
        throw new BadProfile("'" + kind + "' is no slab allocator: it is slab, slub or slob");
      }
      return kind;
    }

    private String checkSlubDebug() {
      String given = options.boot().slubDebug();
      String asked = given.isEmpty() ? file.slubDebug : given;
      if (asked.isEmpty()) {
        return "";
      }
      String problem = SlubDebugOption.problem(asked);
      if (!problem.isEmpty()) {
        throw new BadProfile(problem);
      }
      for (int i = 0; i < asked.length(); i++) {
        if (asked.charAt(i) <= ' ' || asked.charAt(i) == '\'' || asked.charAt(i) > '~') {
          throw new BadProfile("slub_debug has no blanks or quotes in it: FZPU,NAME;F,OTHER*");
        }
      }
      if (!slab.equals("slub")) {
        throw new BadProfile(
            "slub_debug is an option of SLUB and this machine has " + slab + ": add --slab slub");
      }
      return asked;
    }

    private List<long[]> usable() {
      if (options.memBytes() == 0 && !file.e820.isEmpty()) {
        for (long[] range : file.e820) {
          mem += range[1] - range[0];
        }
        checkMem();
        return file.e820;
      }
      long asked = options.memBytes() == 0 ? file.memBytes : options.memBytes();
      mem = asked == 0 ? (i386 ? I386_MEM : X86_64_MEM) : asked;
      checkMem();
      return MemoryMap.firmware(mem);
    }

    private void checkMem() {
      long most = i386 ? MAX_MEM_I386 : MAX_MEM_X86_64;
      if (mem < MIN_MEM || mem > most) {
        throw new BadProfile(
            ProfileText.size(mem)
                + " of memory is too "
                + (mem < MIN_MEM ? "little" : "much")
                + ": an "
                + (i386 ? I386 : X86_64)
                + " machine has 32M to "
                + (most >>> 30)
                + "G");
      }
    }

    private long[][] reserved(long[][] ram) {
      if (!file.reserved.isEmpty()) {
        return file.reserved.toArray(new long[0][]);
      }
      boolean plain = file.e820.isEmpty() && nodes == 1;
      if (plain && i386 && mem == I386_MEM && maxLowPfn == MAXMEM_PFN) {
        return I386_RESERVED.clone();
      }
      if (plain && !i386 && mem == X86_64_MEM) {
        return X86_64_RESERVED.clone();
      }
      if (!i386) {
        return MemoryMap.reservedX8664(ram, sizeofPage());
      }
      long maxPfn = ram[ram.length - 1][1] >>> 12;
      return MemoryMap.reservedI386(Math.min(maxPfn, maxLowPfn) << 12, (int) maxPfn, sizeofPage());
    }

    private int sizeofPage() {
      if (i386) {
        return 32;
      }
      return slab.equals("slub") ? 64 : 56;
    }

    private AddressOptions checkAddress() {
      AddressOptions asked = options.boot().address();
      String split = !asked.split().isEmpty() ? asked.split() : file.split;
      long vmalloc = asked.vmallocBytes() != 0 ? asked.vmallocBytes() : file.vmallocBytes;
      long highmem =
          asked.highmemBytes() != AddressOptions.NOT_GIVEN
              ? asked.highmemBytes()
              : file.highmemBytes;
      boolean given = !split.isEmpty() || vmalloc != 0 || highmem != AddressOptions.NOT_GIVEN;
      if (!i386 && (given || options.pae() || file.pae)) {
        throw new BadProfile(
            "split, pae, vmalloc and highmem are options of i386; an x86_64 machine has room for"
                + " everything");
      }
      String word = split.isEmpty() ? "3G" : split;
      if (AddressOptions.pageOffset(word) == 0) {
        throw new BadProfile("'" + word + "' is no split: it is 3G, 3G_OPT, 2G, 2G_OPT or 1G");
      }
      if (pae && word.endsWith("_OPT")) {
        throw new BadProfile(word + " is offered only without PAE: use 3G, 2G or 1G");
      }
      return given ? new AddressOptions(word, vmalloc, highmem) : AddressOptions.DEFAULT;
    }

    /** End of low memory at most; {@code highmem=} may take from RAM. Spec: mappings.md 1.4 */
    private int lowmem(List<long[]> ram) {
      int kernelCpus = Layouts.kernelCpus(cpus > 1 || file.smp, cpus);
      int maxmem = Layouts.maxmemPfn(address, pae, kernelCpus);
      if (file.maxLowPfn != 0) {
        checkMaxLowPfn(maxmem);
        maxmem = file.maxLowPfn;
      }
      if (maxmem < LEAST_LOWMEM_PFN) {
        throw new BadProfile(
            "vmalloc="
                + ProfileText.size(address.vmallocBytes())
                + " leaves no room for low memory");
      }
      long end = ram.get(ram.size() - 1)[1] >>> 12;
      int maxPfn = (int) (pae ? end : Math.min(end, END_WITHOUT_PAE));
      if (address.highmemBytes() == AddressOptions.NOT_GIVEN) {
        return maxmem;
      }
      long highPages = address.highmemBytes() >>> 12;
      if (maxPfn <= maxmem) {
        boolean fits = highPages < maxPfn && maxPfn - highPages >= LEAST_LOWMEM_PFN;
        return fits ? (int) (maxPfn - highPages) : maxmem;
      }
      if (highPages < maxPfn - maxmem) {
        cut(ram, (maxmem + highPages) << 12);
      }
      return maxmem;
    }

    /** Low memory may take from the addresses of vmalloc, but must leave some. */
    private void checkMaxLowPfn(int maxmem) {
      long vmalloc = address.vmallocBytes() == 0 ? VMALLOC : address.vmallocBytes();
      long most = maxmem + Math.max(0, vmalloc - LEAST_VMALLOC >>> 12);
      if (file.maxLowPfn < LEAST_LOWMEM_PFN || file.maxLowPfn > most) {
        throw new BadProfile(
            "max_low_pfn is one of 0x"
                + Integer.toHexString(LEAST_LOWMEM_PFN)
                + "..0x"
                + Long.toHexString(most)
                + " with these addresses, not 0x"
                + Integer.toHexString(file.maxLowPfn));
      }
    }

    private static void cut(List<long[]> ram, long end) {
      while (ram.get(ram.size() - 1)[0] >= end) {
        ram.remove(ram.size() - 1);
      }
      long[] last = ram.get(ram.size() - 1);
      last[1] = Math.min(last[1], end);
    }

    private int[] cpuNodes() {
      int[] nodeOf = new int[cpus];
      for (int cpu = 0; cpu < cpus; cpu++) {
        nodeOf[cpu] = file.cpuNode.isEmpty() ? cpu % nodes : file.nodeOfCpu(cpu, nodes);
      }
      return nodeOf;
    }

    /** The nodes are cut from one by numa=fake: all lie equally near. Spec: 5.1 */
    private int[][] distances() {
      int[][] distance = new int[nodes][nodes];
      for (int[] row : distance) {
        Arrays.fill(row, LOCAL);
      }
      return distance;
    }
  }

  /** Names for completion. */
  public static List<String> names() {
    List<String> names = new ArrayList<>();
    names.add(I386);
    names.add(X86_64);
    return names;
  }
}
