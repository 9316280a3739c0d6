package kmemsh.learn;

import java.util.ArrayList;
import java.util.List;

/** The free lists behind a request that splits a larger block. */
final class SplitFamily extends Family {
  private static final int FIRST = 4;
  private static final int LAST = 10;

  SplitFamily() {
    super("split", "buddy", "the free lists after an allocation");
  }

  @Override
  void make(Draft draft) {
    draft.boot("--machine i386 --mem " + draft.pickOf("48M", "64M", "80M", "96M", "128M"));
    Noise.blocks(draft, draft.pick(3, 3 * draft.level()));
    int order = draft.pick(FIRST, LAST - 1);
    for (int tries = 0;
        tries < 4 && draft.bench().number("free(Normal," + order + ")") > 0;
        tries++) {
      order = draft.pick(FIRST, LAST - 1);
    }
    draft.picture("buddyinfo");
    draft.prompt(
        "How many free blocks of the orders 4 to 10 has zone Normal after `alloc_pages "
            + order
            + "`? Seven numbers, order 4 first.");
    draft.look("alloc_pages " + order);
    draft.numbers(counts(draft.bench()));
    draft.hint(
        "The smallest block that is large enough is taken; if it is of order "
            + order
            + ", nothing else changes.");
    draft.hint(
        "A larger block is halved until a half fits; every upper half stays on the list of its"
            + " order.");
    draft.show("alloc_pages " + order);
    draft.show("explain");
    draft.show("buddyinfo");
  }

  private static List<Long> counts(Bench bench) {
    List<Long> counts = new ArrayList<>();
    for (int order = FIRST; order <= LAST; order++) {
      counts.add(bench.number("free(Normal," + order + ")"));
    }
    return counts;
  }

  @Override
  String meant(Bench bench, Question question, String given) {
    long before = pages(counts(bench));
    List<Long> told = new ArrayList<>();
    for (String number : given.split(" ", -1)) {
      told.add(Long.parseLong(number));
    }
    if (told.size() != LAST - FIRST + 1) {
      return told.size() + " numbers, but there are " + (LAST - FIRST + 1) + " lists from 4 to 10";
    }
    long left = before - pages(told);
    return "before, these lists held "
        + before
        + " pages; yours would hold "
        + pages(told)
        + ", so that the request would have taken "
        + left;
  }

  private static long pages(List<Long> counts) {
    long pages = 0;
    for (int i = 0; i < counts.size(); i++) {
      pages += counts.get(i) << (FIRST + i);
    }
    return pages;
  }
}
