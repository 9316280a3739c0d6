package kmemsh.learn;

import java.util.ArrayList;
import java.util.List;
import kmemsh.view.ObjectResult;

/** Which objects SLUB's freelist hands out next. */
final class FreelistFamily extends Family {
  FreelistFamily() {
    super("freelist", "slab", "what SLUB's freelist hands out next");
  }

  @Override
  void make(Draft draft) {
    draft.boot("--machine x86_64 --mem 64M --slab slub");
    draft.setup("kmem_cache_create foo " + 8 * draft.pick(20, 80));
    int taken = draft.pick(5, 7);
    draft.setup("o = repeat " + taken + " kmem_cache_alloc foo");
    int[] order = draft.shuffled(taken);
    int freed = draft.pick(Math.min(3, draft.level() + 1), 4);
    for (int i = 0; i < freed; i++) {
      draft.setup("kmem_cache_free foo $o[" + order[i] + "]");
    }
    int next = draft.level() == 1 ? 1 : draft.level() == 2 ? 2 : freed + 1;
    draft.pictureText(
        "The slab was fresh: $o[0] is its object 0, $o[1] its object 1, and so on.\n");
    draft.prompt(
        "Which objects of the slab do the next "
            + (next == 1 ? "" : next + " ")
            + "`kmem_cache_alloc foo` give? "
            + (next == 1 ? "Its number." : "Their numbers in order."));
    List<Long> numbers = new ArrayList<>();
    for (int i = 0; i < next; i++) {
      numbers.add((long) ((ObjectResult) draft.look("kmem_cache_alloc foo")).object());
    }
    draft.numbers(numbers);
    draft.hint("The freelist is a stack: what was freed last goes out first.");
    draft.hint("Behind the freed objects comes the rest of the fresh chain, by rising number.");
    draft.show("slab foo");
    for (int i = 0; i < Math.min(next, 3); i++) {
      draft.show("kmem_cache_alloc foo");
    }
  }

  @Override
  String meant(Bench bench, Question question, String given) {
    String first = given.split(" ", 2)[0];
    return "object "
        + first
        + " would have to be at the head of the freelist, so the one that was freed last";
  }
}
