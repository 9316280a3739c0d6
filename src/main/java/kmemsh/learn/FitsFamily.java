package kmemsh.learn;

import kmemsh.view.NullResult;
import kmemsh.view.PageBlock;

/** Whether a request succeeds, and which rule decides it. */
final class FitsFamily extends Family {
  FitsFamily() {
    super("fits", "zones", "will this request succeed, and which rule decides");
  }

  @Override
  void make(Draft draft) {
    draft.boot(Shortage.MACHINE);
    int state = draft.pick(0, 4);
    int order = draft.pick(0, 3);
    switch (state) {
      case 0 -> Shortage.plenty(draft);
      case 1 -> Shortage.normalIsLow(draft);
      case 2 -> Shortage.bothAreLow(draft);
      case 3 -> Shortage.usedUp(draft);
      default -> {
        Shortage.fragmented(draft);
        order = draft.pick(4, 9);
      }
    }
    String mask = draft.pickOf("GFP_KERNEL", "GFP_NOWAIT", "GFP_ATOMIC");
    String request = "alloc_pages " + order + " " + mask;
    draft.picture("buddyinfo");
    draft.picture("zoneinfo");
    draft.prompt("What becomes of `" + request + "`?");
    choices(draft);
    Object result = draft.look(request);
    draft.choice(rule(result, draft.bench()));
    draft.hint("First each zone is asked in turn whether its free pages stay above low.");
    draft.hint(
        "Then once more with min, which GFP_ATOMIC may undercut; a zone without a block of the"
            + " order cannot serve it at all.");
    draft.show(request);
    draft.show("explain");
  }

  private static void choices(Draft draft) {
    draft.mayBe(
        "first",
        "zone Normal serves it and stays above its low watermark",
        "then Normal would have to keep more than low free behind it, and have a block");
    draft.mayBe(
        "lower",
        "zone DMA serves it, because Normal would fall to its low watermark",
        "then Normal would be refused by low, and DMA would not be, reserve included");
    draft.mayBe(
        "deep",
        "it is served, but only because the min watermark, or less, is enough at the second try",
        "then all zones would be refused by low, and one let through by min");
    draft.mayBe(
        "watermark",
        "NULL: a watermark keeps what is free",
        "then a block of the order would be there and even the second try would be refused");
    draft.mayBe(
        "order",
        "NULL: no zone has a free block of that order",
        "then every free block would be smaller");
  }

  private static String rule(Object result, Bench bench) {
    if (result instanceof NullResult nothing) {
      return nothing.reason().startsWith("no free block") ? "order" : "watermark";
    }
    if (bench.said("explain").contains("__alloc_pages_slowpath")) {
      return "deep";
    }
    return ((PageBlock) result).zone().equals("Normal") ? "first" : "lower";
  }
}
