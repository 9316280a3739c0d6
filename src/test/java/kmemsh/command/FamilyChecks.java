package kmemsh.command;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import kmemsh.learn.Question;
import kmemsh.view.CachePicture;
import kmemsh.view.FreeListInfo;
import kmemsh.view.LeakReport;
import kmemsh.view.ObjectResult;
import kmemsh.view.PageBlock;
import kmemsh.view.SlabObjects;
import kmemsh.view.ZoneInfo;

/**
 * Answers found in another way than the family does: by doing what was asked and reading the files
 * and lists of the machine, or by arithmetic.
 */
final class FamilyChecks {
  private static final Pattern QUOTED = Pattern.compile("`([^`]*)`");
  private static final Pattern HEX = Pattern.compile("0x[0-9a-f]+");

  private FamilyChecks() {}

  /** The answer in canonical form; {@code bench} stands where the question was asked. */
  static String answer(PracticeBench bench, Question question) {
    return switch (question.family()) {
      case "split" -> split(bench, question);
      case "merge" -> merge(bench, question);
      case "buddy" -> buddy(question);
      case "zone" -> ((PageBlock) bench.run(quoted(question))).zone();
      case "kmalloc" -> kmalloc(bench, question);
      case "objects" -> objects(bench, question);
      case "fits" -> fits(bench, question);
      case "pcp" -> pcp(bench, question);
      case "lists" -> lists(bench, question);
      case "freelist" -> freelist(bench, question);
      case "pagetable" -> pageTable(bench, question);
      case "diagnose" -> diagnose(bench);
      case "sleep" -> sleep(bench, question);
      case "kmapslot" -> kmapSlot(bench, question);
      case "which" -> which(question);
      case "bug" -> BugCheck.answer(bench, question);
      default -> throw new AssertionError("no check of " + question.family());
    };
  }

  static String quoted(Question question) {
    Matcher quoted = QUOTED.matcher(question.prompt());
    if (!quoted.find()) {
      throw new AssertionError(question.prompt());
    }
    return quoted.group(1);
  }

  private static String split(PracticeBench bench, Question question) {
    bench.run(quoted(question));
    for (String line : bench.shown("cat /proc/buddyinfo").lines().toList()) {
      String[] words = line.trim().split("\\s+");
      if (words[3].equals("Normal")) {
        return String.join(" ", List.of(words).subList(8, 15));
      }
    }
    throw new AssertionError();
  }

  /** Frees the block and searches the lists of all orders for the one that holds it. */
  private static String merge(PracticeBench bench, Question question) {
    String free = quoted(question);
    String name = free.substring(free.indexOf('$'), free.lastIndexOf(' '));
    int order = Integer.parseInt(free.substring(free.lastIndexOf(' ') + 1));
    long pfn = bench.number(name + ".pfn");
    bench.run(free);
    for (int merged = order; merged <= 10; merged++) {
      FreeListInfo lists = (FreeListInfo) bench.run("freelist Normal " + merged + " --all");
      for (FreeListInfo.FreeList list : lists.lists()) {
        for (int head : list.pfns()) {
          if (pfn >= head && pfn < head + (1 << merged)) {
            return merged(question, order, merged, pfn, head);
          }
        }
      }
    }
    throw new AssertionError(free);
  }

  private static String merged(Question question, int order, int merged, long pfn, int head) {
    if (question.level() == 1) {
      return Integer.toString(merged);
    }
    if (question.level() == 2) {
      return Integer.toString(head);
    }
    List<String> buddies = new ArrayList<>();
    long block = pfn;
    for (int k = order; k < merged; k++) {
      buddies.add(Long.toString(block ^ 1L << k));
      block &= ~(1L << k);
    }
    return String.join(" ", buddies);
  }

  private static String buddy(Question question) {
    Matcher hex = HEX.matcher(question.prompt());
    hex.find();
    long at = Long.decode(hex.group());
    Matcher order = Pattern.compile("order (\\d+)").matcher(question.prompt());
    order.find();
    int k = Integer.parseInt(order.group(1));
    if (question.level() == 3) {
      return Long.toString(at ^ 4096L << k);
    }
    return Long.toString(question.level() == 1 ? at ^ 1L << k : at & ~(1L << k));
  }

  private static String kmalloc(PracticeBench bench, Question question) {
    String call = quoted(question);
    ObjectResult object = (ObjectResult) bench.run(call.substring(call.indexOf("kmalloc ")));
    if (question.level() == 1) {
      String what = bench.shown("whatis " + object.virt().value());
      Matcher cache = Pattern.compile("kmalloc-\\w+").matcher(what);
      cache.find();
      return cache.group();
    }
    bench.run("bytes = ksize $_");
    long bytes = bench.number("$bytes");
    if (question.level() == 2) {
      return Long.toString(bytes);
    }
    String[] words = call.split(" ");
    return Long.toString(Long.parseLong(words[1]) * (bytes - Long.parseLong(words[3])));
  }

  /** Makes the cache, fills one slab and counts; what is left of the slab is left over. */
  private static String objects(PracticeBench bench, Question question) {
    Matcher size = Pattern.compile("cache of (\\d+) bytes").matcher(question.prompt());
    size.find();
    bench.run("kmem_cache_create probe " + size.group(1));
    bench.run("kmem_cache_alloc probe");
    for (String line : bench.shown("cat /proc/slabinfo").lines().toList()) {
      String[] words = line.split("\\s+");
      if (words[0].equals("probe")) {
        int objects = Integer.parseInt(words[4]);
        return question.level() < 3 ? words[4] : objects + " " + left(words, question);
      }
    }
    throw new AssertionError();
  }

  private static int left(String[] words, Question question) {
    Matcher index = Pattern.compile("(\\d+) bytes of it hold").matcher(question.picture());
    int taken = index.find() ? Integer.parseInt(index.group(1)) : 0;
    return 4096 * Integer.parseInt(words[5])
        - taken
        - Integer.parseInt(words[4]) * Integer.parseInt(words[3]);
  }

  /** Watermarks by hand: Normal first, then DMA with its reserve, then once more with min. */
  private static String fits(PracticeBench bench, Question question) {
    String[] request = quoted(question).split(" ");
    int order = Integer.parseInt(request[1]);
    ZoneInfo info = (ZoneInfo) bench.run("zoneinfo");
    String low = served(info, bench, order, 100, true);
    if (!low.isEmpty()) {
      return low.equals("Normal") ? "first" : "lower";
    }
    int percentOfMin = request[2].equals("GFP_ATOMIC") ? 100 : 0;
    String min = served(info, bench, order, percentOfMin, false);
    if (!min.isEmpty()) {
      return "deep";
    }
    boolean block =
        bench.number("largest(Normal)") >= order || bench.number("largest(DMA)") >= order;
    return block ? "watermark" : "order";
  }

  /** The zone whose watermark and lists let the request in, or empty. */
  private static String served(
      ZoneInfo info, PracticeBench bench, int order, int atomic, boolean low) {
    for (String name : List.of("Normal", "DMA")) {
      for (ZoneInfo.Zone zone : info.zones()) {
        if (zone.zone().equals(name)) {
          long mark = low ? zone.low() : zone.min();
          if (!low && atomic == 100) {
            mark -= mark / 2;
            mark -= mark / 4;
          }
          long reserve = name.equals("DMA") ? zone.lowmemReserve().get(0).pages() : 0;
          long usable = zone.freePages() - ((1L << order) - 1);
          boolean block = bench.number("largest(" + name + ")") >= order;
          if (usable > mark + reserve && block) {
            return name;
          }
        }
      }
    }
    return "";
  }

  private static String pcp(PracticeBench bench, Question question) {
    bench.run(quoted(question));
    Matcher count =
        Pattern.compile("(?s)zone +Normal.*?count: +(\\d+)")
            .matcher(bench.shown("cat /proc/zoneinfo"));
    count.find();
    return count.group(1);
  }

  private static String lists(PracticeBench bench, Question question) {
    bench.run(quoted(question));
    CachePicture picture = (CachePicture) bench.run("cache foo");
    StringBuilder counts = new StringBuilder();
    for (String list : List.of("slabs_full", "slabs_partial", "slabs_free")) {
      long nr = picture.slabs().stream().filter(slab -> slab.list().equals(list)).count();
      counts.append(counts.length() == 0 ? "" : " ").append(nr);
    }
    return counts.toString();
  }

  /** The freelist as it stands before anything is taken. */
  private static String freelist(PracticeBench bench, Question question) {
    int[] waiting = ((SlabObjects) bench.run("slab foo")).waiting();
    List<String> next = new ArrayList<>();
    for (int i = 0; i < question.answer().split(" ").length; i++) {
      next.add(Integer.toString(waiting[i]));
    }
    return String.join(" ", next);
  }

  /** Walks the tables; where a large page ends the walk early, by arithmetic. */
  private static String pageTable(PracticeBench bench, Question question) {
    Matcher at = HEX.matcher(question.prompt());
    at.find();
    String walk = bench.shown("vtop " + at.group());
    String computed = split(question);
    if (question.prompt().contains("physical")) {
      Matcher phys = Pattern.compile("PHYSICAL (0x[0-9a-f]+)").matcher(walk);
      phys.find();
      return Long.toString(Long.decode(phys.group(1)));
    }
    List<String> entries = new ArrayList<>();
    Matcher entry = Pattern.compile("\\[(\\d+)\\]").matcher(walk);
    while (entry.find()) {
      entries.add(entry.group(1));
    }
    boolean agrees = !entries.isEmpty() && computed.startsWith(String.join(" ", entries));
    return agrees ? computed : walk;
  }

  /** Arithmetic on the text of the question. */
  private static String split(Question question) {
    Matcher hex = HEX.matcher(question.prompt());
    hex.find();
    long address = Long.parseUnsignedLong(hex.group().substring(2), 16);
    if (question.prompt().contains("physical")) {
      return Long.toString(address - (question.level() == 3 ? 0xffff888000000000L : 0xc0000000L));
    }
    return switch (question.level()) {
      case 1 -> (address >> 22) + " " + (address >> 12) % 1024;
      case 2 -> (address >> 30) + " " + (address >> 21) % 512 + " " + (address >> 12) % 512;
      default ->
          (address >>> 39) % 512
              + " "
              + (address >>> 30) % 512
              + " "
              + (address >>> 21) % 512
              + " "
              + (address >>> 12) % 512;
    };
  }

  /** Tries requests instead of reading numbers. */
  private static String diagnose(PracticeBench bench) {
    LeakReport leaks = (LeakReport) bench.run("leaks");
    for (LeakReport.Leak leak : leaks.leaks()) {
      if (leak.givenBytes() > 6L << 20) {
        return "leak";
      }
    }
    boolean dma = taken(bench, "alloc_pages 6 GFP_NOWAIT|GFP_DMA|__GFP_NOWARN", "DMA");
    boolean small = taken(bench, "alloc_pages 3 GFP_NOWAIT|__GFP_NOWARN", "Normal");
    if (!small) {
      return "exhausted";
    }
    boolean large = taken(bench, "alloc_pages 6 GFP_NOWAIT|__GFP_NOWARN", "Normal");
    return !large ? "fragmented" : dma ? "healthy" : "dma";
  }

  private static boolean taken(PracticeBench bench, String request, String zone) {
    return bench.run(request) instanceof PageBlock block && block.zone().equals(zone);
  }

  /** Does it and looks for the report in the kernel log, where the call was not refused at once. */
  private static String sleep(PracticeBench bench, Question question) {
    bench.run(quoted(question));
    boolean refused = bench.failed();
    String log = bench.shown("dmesg");
    return refused || log.contains("sleeping function called") ? "no" : "yes";
  }

  /** Reads the table of the window. */
  private static String kmapSlot(PracticeBench bench, Question question) {
    String call = quoted(question);
    long pfn = bench.number(call.substring("kmap ".length()));
    bench.run(call);
    for (String line : bench.shown("pkmap").lines().toList()) {
      String[] words = line.trim().split("\\s+");
      if (words.length == 4 && words[3].equals("0x" + Long.toHexString(pfn))) {
        boolean users = question.prompt().startsWith("How many");
        return users ? Integer.toString(Integer.parseInt(words[2]) - 1) : words[0];
      }
    }
    throw new AssertionError(call);
  }

  /** What a textbook says to the words of the question. */
  private static String which(Question question) {
    String prompt = question.prompt();
    if (prompt.contains("table of")) {
      return "vmalloc";
    }
    if (prompt.contains("HighMem")) {
      return "kmap_local_page";
    }
    if (prompt.contains("16 MiB")) {
      return "dma";
    }
    return prompt.contains("wasted") ? "alloc_pages_exact" : "atomic";
  }
}
