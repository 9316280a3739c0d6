package kmemsh.learn;

/** How the per-CPU lists are refilled and drained. */
final class PcpFamily extends Family {
  PcpFamily() {
    super("pcp", "pages", "refill and drain of the per-CPU lists");
  }

  @Override
  void make(Draft draft) {
    if (draft.level() == 3) {
      drained(draft);
    } else {
      refilled(draft);
    }
    draft.hint(
        "An empty list is refilled with `refills` pages at once, whole blocks of the order.");
    draft.hint(
        "A free puts the page on the list; at `drains at` pages a part goes to the buddy lists.");
  }

  private static void refilled(Draft draft) {
    draft.boot("--machine i386 --mem " + draft.pickOf("512M", "768M", "1280M"));
    int order = draft.level() == 1 ? 0 : draft.pick(1, 3);
    String take = "repeat " + draft.pick(2, 90) + " alloc_pages " + order;
    draft.picture("pcp Normal");
    draft.prompt("How many pages lie on the per-CPU lists of zone Normal after `" + take + "`?");
    draft.look(take);
    draft.number(draft.bench().number("pcp(Normal)"));
    draft.show(take);
    draft.show("pcp Normal");
  }

  private static void drained(Draft draft) {
    draft.boot("--machine i386 --mem " + draft.pickOf("48M", "64M", "80M"));
    draft.setup("p = repeat " + draft.pick(120, 420) + " alloc_pages 0");
    draft.picture("pcp Normal");
    String free = "for x in $p: free_page $x";
    draft.prompt("How many pages lie on the per-CPU list of zone Normal after `" + free + "`?");
    draft.look(free);
    draft.number(draft.bench().number("pcp(Normal)"));
    draft.show(free);
    draft.show("explain");
    draft.show("pcp Normal");
  }

  @Override
  String meant(Bench bench, Question question, String given) {
    bench.run(quoted(question));
    long free = bench.number("free(Normal)");
    long right = Long.parseLong(question.answer());
    long wrong = Long.parseLong(given);
    return "then "
        + (free + right - wrong)
        + " pages would be on the buddy lists of Normal; there are "
        + free;
  }

  private static String quoted(Question question) {
    int start = question.prompt().indexOf('`') + 1;
    return question.prompt().substring(start, question.prompt().indexOf('`', start));
  }
}
