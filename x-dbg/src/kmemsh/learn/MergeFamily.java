package kmemsh.learn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import kmemsh.view.BuddyTree;

/** What becomes of a block that is freed: who merges with whom. */
final class MergeFamily extends Family {
  MergeFamily() {
    super("merge", "buddy", "who merges with whom after a free");
  }

  @Override
  void make(Draft draft) {
    draft.boot("--machine i386 --mem " + draft.pickOf("48M", "64M", "96M"));
    int order = draft.pick(4, 7);
    int nr = draft.pick(3, 8);
    for (int i = 0; i < nr; i++) {
      draft.setup("b" + i + " = alloc_pages " + order);
    }
    int[] all = draft.shuffled(nr);
    int freed = draft.pick(1, nr - 1);
    for (int i = 0; i < freed; i++) {
      draft.setup("free_pages $b" + all[i] + " " + order);
    }
    String last = "b" + all[freed];
    BuddyTree tree = (BuddyTree) draft.look("buddy $" + last);
    for (int i = freed + 1; i < nr && tree.mergedOrder() == order; i++) {
      last = "b" + all[i];
      tree = (BuddyTree) draft.look("buddy $" + last);
    }
    StringBuilder held = new StringBuilder();
    int[] names = Arrays.copyOfRange(all, freed, nr);
    Arrays.sort(names);
    for (int name : names) {
      long pfn = draft.bench().number("$b" + name + ".pfn");
      held.append("  $b").append(name).append(" at pfn 0x");
      held.append(Long.toHexString(pfn)).append('\n');
    }
    draft.pictureText(
        "Still held, all of order "
            + order
            + ":\n"
            + held
            + draft.bench().shown("freelist Normal " + order));
    ask(draft, tree, last, order);
    draft.hint("The buddy of a block of order k lies at its pfn with bit k turned over.");
    draft.hint(
        "It merges only when the whole buddy is free as one block of the same order; then again,"
            + " one order up.");
    draft.show("buddy $" + last);
    draft.show("free_pages $" + last + " " + order);
    draft.show("explain");
  }

  private static void ask(Draft draft, BuddyTree tree, String last, int order) {
    int merged = tree.mergedOrder();
    String free = "`free_pages $" + last + " " + order + "`";
    if (draft.level() == 1) {
      draft.prompt("Of which order is the free block that " + free + " leaves in the end?");
      draft.number(merged);
      return;
    }
    if (draft.level() == 2) {
      draft.prompt("At which pfn does the free block begin that " + free + " leaves in the end?");
      draft.hex(tree.frame().head() & -(1L << merged));
      return;
    }
    List<Long> buddies = new ArrayList<>();
    for (BuddyTree.Level level : tree.levels()) {
      if (level.order() >= order && level.order() < merged) {
        buddies.add((long) level.buddy());
      }
    }
    draft.prompt("With which blocks does " + free + " merge? Their first pfns in order, or none.");
    draft.hexes(buddies);
  }

  @Override
  String meant(Bench bench, Question question, String given) {
    if (question.kind() != AnswerKind.NUMBER) {
      return "";
    }
    long told = Long.parseLong(given);
    long right = Long.parseLong(question.answer());
    if (told > right) {
      return "then the buddy of order " + right + " would have to be free as a whole: it is not";
    }
    return "then the buddy of order " + told + " would not be free; it is, so merging goes on";
  }
}
