package kmemsh.machine;

import java.util.ArrayList;
import java.util.List;
import kmemsh.view.BootReport;

/**
 * A machine in a text file: one setting a line, {@code #} begins a comment.
 *
 * <pre>
 *   # kmemsh machine 1
 *   arch x86_64            i386 or x86_64
 *   mem 2G                 or firmware lines instead:
 *   BIOS-e820: [mem 0x0000000000100000-0x000000007ffdffff] usable
 *   cpus 2                 1 to 8
 *   nodes 2                1 to 4
 *   cpu 1 node 1           CPUs not named alternate
 *   reserved 0x1000000 0x1c06000
 *   pageblock_order 9      9 or 10
 *   max_low_pfn 0x373fe    i386: end of the direct mapping
 *   slab slub
 *   slub_debug FZP,task*   as at boot; slub_debug alone for FZPU
 *   slab_nomerge
 *   no_hash_pointers
 *   split 2G               i386: 3G, 3G_OPT, 2G, 2G_OPT or 1G
 *   vmalloc 256M           i386: address space for vmalloc
 *   highmem 512M           i386: memory that is HighMem at least
 *   pae | smp | cma | compaction | thp
 * </pre>
 */
final class MachineFile {
  private static final int MAX_LINES = 10000;

  String arch = Profiles.I386;
  long memBytes;
  int cpus;
  int nodes;
  int pageblockOrder;
  int maxLowPfn;
  String slab = "";
  String slubDebug = "";
  String split = "";
  long vmallocBytes;
  long highmemBytes = AddressOptions.NOT_GIVEN;
  boolean slabNomerge;
  boolean noHashPointers;
  boolean pae;
  boolean smp;
  boolean cma;
  boolean compaction;
  boolean thp;
  final List<long[]> e820 = new ArrayList<>();
  private final List<long[]> firmware = new ArrayList<>();
  final List<long[]> reserved = new ArrayList<>();
  final List<int[]> cpuNode = new ArrayList<>();

  private final String name;

  MachineFile(String name, String text) {
    this.name = name;
    if (Profiles.isBuiltIn(name)) {
      arch = name.equals(Profiles.X86_64) ? Profiles.X86_64 : Profiles.I386;
      return;
    }
    if (text.isEmpty()) {
      throw new BadProfile(
          "'" + name + "' is no machine: it is i386, x86_64 or a file with settings in it");
    }
    String[] lines = text.split("\n", MAX_LINES);
    for (int i = 0; i < lines.length; i++) {
      int comment = lines[i].indexOf('#');
      String line = (comment < 0 ? lines[i] : lines[i].substring(0, comment)).strip();
      if (!line.isEmpty()) {
        set(line.split("[ \t]+"), line, i + 1);
      }
    }
    sort(e820);
    sort(reserved);
  }

  int nodeOfCpu(int cpu, int nrNodes) {
    for (int[] row : cpuNode) {
      if (row[0] == cpu) {
        return Math.min(row[1], nrNodes - 1);
      }
    }
    return cpu % nrNodes;
  }

  private void set(String[] words, String line, int lineNumber) {
    switch (words[0]) {
      case "arch" -> arch = oneOf(words, lineNumber, Profiles.I386, Profiles.X86_64);
      case "mem" -> memBytes = number(words, 1, lineNumber);
      case "cpus" -> cpus = (int) number(words, 1, lineNumber);
      case "nodes" -> nodes = (int) number(words, 1, lineNumber);
      case "cpu" -> cpuNode.add(cpu(words, line, lineNumber));
      case "reserved" -> reserved.add(range(words, line, lineNumber));
      case "pageblock_order" ->
          pageblockOrder = Integer.parseInt(oneOf(words, lineNumber, "9", "10"));
      case "max_low_pfn" -> maxLowPfn = (int) number(words, 1, lineNumber);
      case "slab" -> slab = oneOf(words, lineNumber, "slab", "slub", "slob");
      case "slub_debug" -> slubDebug = words.length == 1 ? "FZPU" : words[1];
      case "slab_nomerge" -> slabNomerge = true;
      case "no_hash_pointers" -> noHashPointers = true;
      case "split" -> split = oneOf(words, lineNumber, "3G", "3G_OPT", "2G", "2G_OPT", "1G");
      case "vmalloc" -> vmallocBytes = number(words, 1, lineNumber);
      case "highmem" -> highmemBytes = number(words, 1, lineNumber);
      case "pae" -> pae = true;
      case "smp" -> smp = true;
      case "cma" -> cma = true;
      case "compaction" -> compaction = true;
      case "thp" -> thp = true;
      default -> e820(line, lineNumber);
    }
  }

  private int[] cpu(String[] words, String line, int lineNumber) {
    long cpu = number(words, 1, lineNumber);
    long node = number(words, 3, lineNumber);
    boolean known = cpu >= 0 && cpu < Profiles.MAX_CPUS && node >= 0 && node < Profiles.MAX_NODES;
    if (!known || !words[2].equals("node")) {
      throw bad(lineNumber, "'" + clip(line) + "' is not `cpu N node M`, N up to 7, M up to 3");
    }
    return new int[] {(int) cpu, (int) node};
  }

  private long[] range(String[] words, String line, int lineNumber) {
    long start = number(words, 1, lineNumber);
    long end = number(words, 2, lineNumber);
    if (start < 0 || end <= start) {
      throw bad(lineNumber, "'" + clip(line) + "' ends before it starts");
    }
    return new long[] {start, end};
  }

  private void e820(String line, int lineNumber) {
    int start = line.indexOf("[mem 0x");
    int dash = line.indexOf("-0x", Math.max(start, 0));
    int close = line.indexOf(']', Math.max(dash, 0));
    if (start < 0 || dash < 0 || close < 0) {
      throw bad(lineNumber, "'" + clip(line) + "' is no setting");
    }
    long from = hex(line.substring(start + 7, dash), lineNumber);
    long to = hex(line.substring(dash + 3, close), lineNumber) + 1;
    if (from >= to) {
      throw bad(lineNumber, "'" + clip(line) + "' ends before it starts");
    }
    int type = typeOf(line.substring(close + 1).strip());
    firmware.add(new long[] {from, to, type});
    if (type == Firmware.USABLE) {
      e820.add(new long[] {from, to});
    }
  }

  private static int typeOf(String word) {
    for (int type = 1; type <= BootReport.E820_TYPES.size(); type++) {
      if (word.startsWith(BootReport.E820_TYPES.get(type - 1))) {
        return type;
      }
    }
    return Firmware.RESERVED;
  }

  /** What the firmware lines say, lowest first; null when there are none. */
  long[][] firmware() {
    if (firmware.isEmpty()) {
      return null;
    }
    firmware.sort((a, b) -> Long.compare(a[0], b[0]));
    return firmware.toArray(new long[0][]);
  }

  private long hex(String digits, int lineNumber) {
    try {
      return Long.parseLong(digits, 16);
    } catch (NumberFormatException e) {
      throw bad(lineNumber, "'" + clip(digits) + "' is no hex address");
    }
  }

  private String oneOf(String[] words, int lineNumber, String... allowed) {
    for (String word : allowed) {
      if (words.length > 1 && words[1].equals(word)) {
        return word;
      }
    }
    throw bad(lineNumber, words[0] + " is one of " + String.join(", ", allowed));
  }

  private long number(String[] words, int index, int lineNumber) {
    if (index >= words.length) {
      throw bad(lineNumber, words[0] + " needs a number");
    }
    String word = words[index];
    int shift = "KMGT".indexOf(Character.toUpperCase(word.charAt(word.length() - 1)));
    String digits = shift < 0 ? word : word.substring(0, word.length() - 1);
    try {
      long value = Long.decode(digits);
      if (value < 0 || value > Long.MAX_VALUE >>> (10 * (shift + 1))) {
        throw bad(lineNumber, "'" + clip(word) + "' is out of range");
      }
      return value << (10 * (shift + 1));
    } catch (NumberFormatException e) {
      throw bad(lineNumber, "'" + clip(word) + "' is no number");
    }
  }

  private BadProfile bad(int lineNumber, String what) {
    return new BadProfile(name + ":" + lineNumber + ": " + what);
  }

  private static String clip(String text) {
    return text.length() <= 60 ? text : text.substring(0, 57) + "...";
  }

  private static void sort(List<long[]> ranges) {
    ranges.sort((a, b) -> Long.compare(a[0], b[0]));
    for (int i = 1; i < ranges.size(); i++) {
      if (ranges.get(i)[0] < ranges.get(i - 1)[1]) {
        ranges.get(i)[0] = ranges.get(i - 1)[1];
      }
    }
  }
}
