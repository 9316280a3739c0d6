package kmemsh.replay;

import java.util.List;
import java.util.Locale;
import kmemsh.capture.BadRecording;
import kmemsh.capture.BootSection;
import kmemsh.capture.RecordedMachine;
import kmemsh.machine.CacheGeometries;
import kmemsh.machine.Profile;

/** The profile of a recorded machine: its memory as memblock had it, its kernel's options. */
final class RecordedProfile {
  private static final long PAGE = 4096;
  private static final int NEAR = 10;
  private static final int FAR = 20;
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
        recorded.kernel().getOrDefault("alloc", "slab").toLowerCase(Locale.ROOT));
  }

  /** The sizes of caches on the recorded machine. */
  CacheGeometries geometries(BootSection boot) throws BadRecording {
    return CacheGeometries.of(profile(boot), RecordedSlabs.options(recorded));
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

  /** Recordings do not hold the SLIT; the kernel's default is what they were made with. */
  private int[][] distance() {
    int[][] rows = new int[recorded.nrNodes()][recorded.nrNodes()];
    for (int from = 0; from < rows.length; from++) {
      for (int to = 0; to < rows.length; to++) {
        rows[from][to] = from == to ? NEAR : FAR;
      }
    }
    return rows;
  }

  private int maxLowPfn() throws BadRecording {
    String text = recorded.layout().getOrDefault("MAXMEM", "");
    try {
      return (int) Math.min(Long.parseUnsignedLong(text, 16) / PAGE, 1 << 20);
    } catch (NumberFormatException e) {
      throw bad("'" + text + "' is not a MAXMEM in hexadecimal, which an i386 needs");
    }
  }
}
