package kmemsh.proc;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import kmemsh.view.PagetypeSnapshot;
import kmemsh.view.VmCounters;
import kmemsh.view.ZoneinfoSnapshot;

/** Reads copies of files of real kernels back into the snapshots they would be made from. */
final class RecordedText {
  private static final int NR_LRU = 8;

  private RecordedText() {}

  static String read(String kernel, String file) {
    String name = "/proc/" + kernel + "/" + file + ".txt";
    try (InputStream in = RecordedText.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static ZoneinfoSnapshot zoneinfo(String kernel) {
    List<ZoneinfoSnapshot.Zone> zones = new ArrayList<>();
    List<long[]> nodeStats = new ArrayList<>();
    String text = read(kernel, "zoneinfo");
    for (String part : ("\n" + text).split("\nNode ", -1)) {
      if (!part.isEmpty()) {
        zones.add(zone(kernel, part, nodeStats));
      }
    }
    return new ZoneinfoSnapshot(
        zones, nodeStats, text.contains("threshold"), text.contains("numa_hit"));
  }

  private static ZoneinfoSnapshot.Zone zone(String kernel, String text, List<long[]> nodeStats) {
    int nid = Integer.parseInt(text.substring(0, text.indexOf(',')));
    String name = text.substring(text.indexOf("zone") + 4, text.indexOf('\n')).trim();
    if (text.contains("per-node stats")) {
      String stats = text.substring(text.indexOf("nr_inactive_anon"), text.indexOf("  pages free"));
      nodeStats.add(numbers(stats));
    }
    boolean populated = text.contains("pagesets");
    String zone = text.substring(text.indexOf("  pages free"));
    return new ZoneinfoSnapshot.Zone(
        nid,
        0,
        name,
        populated,
        populated ? nrFree(kernel, nid, name) : new long[11],
        number(zone, "pages free"),
        number(zone, " boost"),
        number(zone, " min"),
        number(zone, " low"),
        number(zone, " high"),
        number(zone, " spanned"),
        number(zone, " present"),
        number(zone, " managed"),
        number(zone, " cma"),
        protection(zone),
        populated ? lru(zone) : new long[NR_LRU],
        populated ? number(zone, "nr_free_cma") : 0,
        zone.contains("numa_hit") ? numaEvents(zone) : new long[0],
        pagesets(zone),
        populated ? number(zone, "start_pfn:") : 0);
  }

  private static long[] lru(String zone) {
    return numbers(
        zone.substring(zone.indexOf("nr_zone_inactive_anon"), zone.indexOf("nr_free_cma")));
  }

  private static long[] numaEvents(String zone) {
    return numbers(zone.substring(zone.indexOf("numa_hit"), zone.indexOf("  pagesets")));
  }

  /** The last word of each line. */
  private static long[] numbers(String lines) {
    return lines
        .strip()
        .lines()
        .mapToLong(line -> Long.parseLong(line.substring(line.lastIndexOf(' ') + 1)))
        .toArray();
  }

  private static long number(String text, String label) {
    int start = text.indexOf(label) + label.length();
    int end = text.indexOf('\n', start);
    return Long.parseLong(text.substring(start, end < 0 ? text.length() : end).trim());
  }

  private static long[] protection(String zone) {
    int start = zone.indexOf('(') + 1;
    String[] words = zone.substring(start, zone.indexOf(')')).split(", ", -1);
    long[] protection = new long[words.length];
    for (int i = 0; i < words.length; i++) {
      protection[i] = Long.parseLong(words[i]);
    }
    return protection;
  }

  private static List<ZoneinfoSnapshot.Pageset> pagesets(String zone) {
    List<ZoneinfoSnapshot.Pageset> sets = new ArrayList<>();
    String[] parts = zone.split("    cpu: ", -1);
    for (int i = 1; i < parts.length; i++) {
      long threshold = parts[i].contains("threshold") ? number(parts[i], "threshold:") : 0;
      sets.add(
          new ZoneinfoSnapshot.Pageset(
              number(parts[i], "count:"),
              number(parts[i], "high:"),
              number(parts[i], "batch:"),
              threshold));
    }
    return sets;
  }

  private static long[] nrFree(String kernel, int nid, String name) {
    for (String line : read(kernel, "buddyinfo").split("\n", -1)) {
      String[] words = line.trim().split(" +", -1);
      if (words.length > 4 && words[1].equals(nid + ",") && words[3].equals(name)) {
        return counts(words, 4);
      }
    }
    throw new IllegalStateException(kernel + " has no zone " + name);
  }

  private static long[] counts(String[] words, int from) {
    long[] counts = new long[words.length - from];
    for (int i = 0; i < counts.length; i++) {
      counts[i] = Long.parseLong(words[from + i]);
    }
    return counts;
  }

  static PagetypeSnapshot pagetypes(String kernel) {
    List<String> types = new ArrayList<>();
    List<PagetypeSnapshot.Zone> zones = new ArrayList<>();
    List<long[]> rows = new ArrayList<>();
    int order = 0;
    int nrNodes = 0;
    for (String line : read(kernel, "pagetypeinfo").split("\n", -1)) {
      String[] words = line.trim().split("[ ,]+", -1);
      if (line.startsWith("Page block order")) {
        order = Integer.parseInt(words[3]);
        nrNodes++;
      } else if (line.startsWith("Number of blocks")) {
        types = List.of(words).subList(4, words.length);
      } else if (line.contains(", type")) {
        rows.add(counts(words, 6));
      } else if (line.startsWith("Node")) {
        int nid = Integer.parseInt(words[1]);
        List<long[]> mine = rows.subList(0, types.size());
        zones.add(
            new PagetypeSnapshot.Zone(
                nid, words[3], mine.toArray(new long[0][]), counts(words, 4)));
        rows = new ArrayList<>(rows.subList(types.size(), rows.size()));
      }
    }
    return new PagetypeSnapshot(order, types, nrNodes, zones);
  }

  /**
   * What the files of a kernel say that zones and nodes do not: events, and those lines of meminfo
   * that count users.
   */
  static VmCounters counters(String kernel) {
    Map<String, Long> events = new HashMap<>();
    for (String line : read(kernel, "vmstat").split("\n", -1)) {
      String[] words = line.split(" ", -1);
      if (words.length == 2) {
        events.put(words[0], Long.valueOf(words[1]));
      }
    }
    String meminfo = read(kernel, "meminfo");
    boolean i386 = kernel.startsWith("i386");
    return new VmCounters(
        new VmCounters.Features(
            i386,
            false,
            meminfo.contains("HighTotal"),
            meminfo.contains("CmaTotal"),
            events.containsKey("compact_stall"),
            meminfo.contains("AnonHugePages"),
            meminfo.contains("Hugetlb")),
        kb(meminfo, "CommitLimit") / 4,
        kb(meminfo, "Committed_AS") / 4,
        kb(meminfo, "VmallocTotal"),
        kb(meminfo, "VmallocUsed") / 4,
        kb(meminfo, "Percpu"),
        kb(meminfo, "DirectMap4k"),
        kb(meminfo, i386 ? "DirectMap4M" : "DirectMap2M"),
        20,
        10,
        false,
        events);
  }

  static long kb(String meminfo, String name) {
    return number(meminfo.replace(" kB", ""), name + ":");
  }

  /** The settings of a kernel by name, as {@code name=value,}, sorted. */
  static Map<String, String> sysctls(String kernel) {
    Map<String, String> settings = new TreeMap<>();
    for (String line : read(kernel, "sys_vm_all").split("\n", -1)) {
      if (!line.isEmpty()) {
        String value = line.substring(line.indexOf('=') + 1);
        settings.put(
            line.substring(0, line.indexOf('=')), value.replace(' ', '\t').replace(',', '\n'));
      }
    }
    return settings;
  }
}
