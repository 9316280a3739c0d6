package kmemsh.learn;

import kmemsh.view.Kmapped;

/** Which slot of the window to HighMem a page gets. */
final class KmapSlotFamily extends Family {
  private static final int PAGES = 8;

  KmapSlotFamily() {
    super("kmapslot", "mappings", "which kmap slot");
  }

  @Override
  void make(Draft draft) {
    draft.boot("--machine i386 --mem 1280M");
    draft.setup("p = alloc_pages 3 GFP_HIGHUSER");
    int[] order = draft.shuffled(PAGES);
    int mapped = draft.pick(1, 6);
    for (int i = 0; i < mapped; i++) {
      draft.setup("kmap $p+" + order[i]);
      if (draft.level() > 1 && draft.chance(25)) {
        draft.setup("kmap $p+" + order[draft.pick(0, i)]);
      }
    }
    int undone = draft.level() == 1 ? 0 : draft.pick(1, mapped);
    for (int i = 0; i < undone; i++) {
      draft.setup("kunmap $p+" + order[i]);
    }
    String call = "kmap $p+" + order[draft.pick(0, Math.min(PAGES - 1, mapped + 1))];
    Kmapped answer = (Kmapped) draft.look(call);
    if (draft.level() == 3 && draft.chance(50)) {
      draft.prompt("How many users has the slot after `" + call + "`?");
      draft.number(answer.users());
    } else {
      draft.prompt("Which slot of the kmap window does `" + call + "` give? Its number.");
      draft.number(answer.slot());
    }
    draft.hint("The first slot after boot is 1; the search goes on behind the last new one.");
    draft.hint("A page that still has a slot gets it again, even when nobody uses it any more.");
    draft.show("pkmap");
    draft.show(call);
    draft.show("pkmap");
  }

  @Override
  String meant(Bench bench, Question question, String given) {
    return question.prompt().startsWith("Which")
        ? "slot " + given + " would have to be the page's own, or the next behind the last new one"
        : "";
  }
}
