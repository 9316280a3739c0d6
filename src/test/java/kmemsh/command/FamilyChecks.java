package kmemsh.command;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import kmemsh.learn.Question;
import kmemsh.view.FreeListInfo;
import kmemsh.view.ObjectResult;
import kmemsh.view.PageBlock;

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
}
