package kmemsh.learn;

import java.util.ArrayList;
import java.util.List;
import kmemsh.view.PageBlock;

/** Blocks that are taken and partly given back, so that the lists of a machine look lived in. */
final class Noise {
  private static final int FIRST_ORDER = 4;
  private static final int LAST_ORDER = 8;

  private Noise() {}

  /** Takes {@code nr} blocks of page orders that no per-CPU list holds, and frees some of them. */
  static void blocks(Draft draft, int nr) {
    List<String> held = new ArrayList<>();
    for (int i = 0; i < nr; i++) {
      String name = "n" + i;
      Object taken = draft.setup(name + " = alloc_pages " + draft.pick(FIRST_ORDER, LAST_ORDER));
      if (taken instanceof PageBlock block) {
        held.add(name + " " + block.order());
      }
    }
    for (String block : held) {
      if (draft.chance(45)) {
        draft.setup("free_pages $" + block);
      }
    }
  }
}
