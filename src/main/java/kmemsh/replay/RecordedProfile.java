package kmemsh.replay;

import java.util.List;
import java.util.Locale;
import kmemsh.capture.BadRecording;
import kmemsh.capture.BootSection;
import kmemsh.capture.RecordedMachine;
import kmemsh.machine.BootOptions;
import kmemsh.machine.CacheGeometries;
import kmemsh.machine.Highmem;
import kmemsh.machine.Profile;

/** The profile of a recorded machine: its memory as memblock had it, its kernel's options. */
final class RecordedProfile {
  private static final long PAGE = 4096;
  private static final int NEAR = 10;
  private static final int FAR = 20;
  private static final int WITH_FALLBACK = 0;
  private static final int HEX = 16;
  private static final int DECIMAL = 10;
  private static final int MAX_LEVELS = 64;
  private static final int MAX_PKMAP = 1024;
  private static final long MAX_LOW_PFN = 1 << 20;
  private static final int NR_PCP_LISTS_THP = 14;
  private static final int USABLE = 1;

  private final String file;
  private final RecordedMachine recorded;

  RecordedProfile(String file, RecordedMachine recorded) {
    this.file = file;
    this.recorded = recorded;
  }

  /** {@code boot} may be null: then RAM is what the firmware reports and nothing is reserved. */
  Profile profile(BootSection boot) throws BadRecording {
    boolean i386 = recorded.arch().equals("i386");
    long[][] ram = boot == null ? firmwareRam() : ram(boot.memory());
    if (ram.length == 0) {
      throw bad("there is no memory");
    }
    Profile profile = profile(i386, ram, boot);
    if (profile.maxPfn() != recorded.maxPfn()) {
      throw bad(
          "the memory ends at pfn " + profile.maxPfn() + ", not at max_pfn " + recorded.maxPfn());
    }
    return profile;
  }

  private Profile profile(boolean i386, long[][] ram, BootSection boot) throws BadRecording {
    return new Profile(
        i386 ? "i386" : "x86_64",
        i386,
        recorded.option("pae"),
        (long) recorded.maxPfn() * PAGE,
        ram,
        firmware(),
        boot == null ? new long[0][] : reserved(boot.reserved()),
        cpuNode(),
        distance(),
        recorded.pageblockOrder(),
        i386 ? maxLowPfn() : recorded.maxPfn(),
        recorded.number("sizeof_page"),
        recorded.option("cma"),
        recorded.option("compaction"),
        recorded.number("nr_pcp_lists") == NR_PCP_LISTS_THP,
        recorded.option("smp"),
        recorded.option("numa") || recorded.nrNodes() > 1,
        recorded.kernel().getOrDefault("alloc", "slab").toLowerCase(Locale.ROOT),
        BootOptions.STANDARD);
  }

  /** The sizes of caches on the recorded machine. */
  CacheGeometries geometries(BootSection boot) throws BadRecording {
    return CacheGeometries.of(profile(boot), RecordedSlabs.options(recorded));
  }

  /** The windows to HighMem where the LAYOUT line says, which x86_64 has none of. */
  Highmem highmem(BootSection boot) throws BadRecording {
    Profile profile = profile(boot);
    if (!recorded.layout().containsKey("PKMAP_BASE")) {
      return Highmem.of(profile);
    }
    long[] layout = {
      layout("PAGE_OFFSET", HEX),
      layout("PKMAP_BASE", HEX),
      layout("LAST_PKMAP", DECIMAL),
      layout("FIXADDR_TOP", HEX),
      layout("FIX_KMAP_BEGIN", HEX),
      layout("KM_MAX_IDX", DECIMAL)
    };
    boolean known = layout[2] >= 1 && layout[2] <= MAX_PKMAP;
    if (!known || layout[5] < 2 || layout[5] > MAX_LEVELS) {
      throw bad("the LAYOUT line has windows of a size that no kernel has");
    }
    return Highmem.of(profile, layout);
  }

  private BadRecording bad(String what) {
    return new BadRecording(file, 0, what);
  }

  private long[][] ram(List<BootSection.Range> memory) throws BadRecording {
    long[][] rows = new long[memory.size()][];
    long last = PAGE;
    for (int i = 0; i < rows.length; i++) {
      BootSection.Range range = memory.get(i);
      long start = (range.start() + PAGE - 1) & -PAGE;
      long end = range.end() & -PAGE;
      int nid = Math.max(0, range.nid());
      if (start < last || end <= start || nid >= recorded.nrNodes()) {
        throw badRange("memory", range, "in ascending order, on a node of the machine");
      }
      rows[i] = new long[] {start, end, nid};
      last = end;
    }
    return rows;
  }

  private long[][] reserved(List<BootSection.Range> reserved) throws BadRecording {
    long[][] rows = new long[reserved.size()][];
    long last = 0;
    for (int i = 0; i < rows.length; i++) {
      BootSection.Range range = reserved.get(i);
      if (range.start() < last) {
        throw badRange("reserved", range, "in ascending order");
      }
      rows[i] = new long[] {range.start(), range.end()};
      last = range.end();
    }
    return rows;
  }

  private BadRecording badRange(String list, BootSection.Range range, String wanted) {
    return bad(
        Long.toHexString(range.start())
            + ".."
            + Long.toHexString(range.end())
            + " of MEMBLOCK "
            + list
            + " is not "
            + wanted);
  }

  private long[][] firmware() {
    return recorded.e820().stream()
        .map(range -> new long[] {range.addr(), range.addr() + range.sizeBytes(), range.type()})
        .toArray(long[][]::new);
  }

  private long[][] firmwareRam() {
    return recorded.e820().stream()
        .filter(range -> range.type() == USABLE)
        .map(
            range ->
                new long[] {
                  Math.max(PAGE, (range.addr() + PAGE - 1) & -PAGE),
                  (range.addr() + range.sizeBytes()) & -PAGE,
                  0
                })
        .toArray(long[][]::new);
  }

  private int[] cpuNode() {
    int[] nodes = new int[recorded.nrCpus()];
    for (int cpu = 0; cpu < nodes.length; cpu++) {
      nodes[cpu] = recorded.cpuNode().get(cpu);
    }
    return nodes;
  }

  /**
   * Recordings do not hold the SLIT but what comes of it: the zones in the order in which a node
   * falls back to them. So the nodes are made to lie the farther the later they come; those of
   * which nothing is said lie as the kernel takes them to by default.
   */
  private int[][] distance() {
    int[][] rows = new int[recorded.nrNodes()][recorded.nrNodes()];
    for (int from = 0; from < rows.length; from++) {
      for (int to = 0; to < rows.length; to++) {
        rows[from][to] = from == to ? NEAR : FAR;
      }
    }
    for (RecordedMachine.Zonelist list : recorded.zonelists()) {
      if (list.kind() == WITH_FALLBACK) {
        order(rows[list.nid()], list);
      }
    }
    return rows;
  }

  private void order(int[] row, RecordedMachine.Zonelist list) {
    boolean[] seen = new boolean[row.length];
    seen[list.nid()] = true;
    int next = FAR;
    for (int zone : list.zones()) {
      int nid = zone / recorded.maxNrZones();
      if (nid < row.length && !seen[nid]) {
        seen[nid] = true;
        row[nid] = next;
        next += NEAR;
      }
    }
  }

  /** An i386 says where its low memory ends; else that follows from MAXMEM. */
  private int maxLowPfn() throws BadRecording {
    String given = recorded.machine().getOrDefault("max_low_pfn", "");
    if (!given.isEmpty()) {
      return (int) Math.min(number("max_low_pfn", given, DECIMAL), MAX_LOW_PFN);
    }
    return (int) Math.min(layout("MAXMEM", HEX) / PAGE, MAX_LOW_PFN);
  }

  private long layout(String key, int radix) throws BadRecording {
    return number(key, recorded.layout().getOrDefault(key, ""), radix);
  }

  private long number(String key, String text, int radix) throws BadRecording {
    try {
      return Long.parseUnsignedLong(text, radix);
    } catch (NumberFormatException e) {
      throw bad("'" + text + "' is not a " + key + ", which an i386 needs");
    }
  }
}
