package kmemsh.learn;

/**
 * A machine of 32 MiB that is short of memory in one way or another. Zone Normal has 2,828 pages,
 * zone DMA 3,840; blocks of order 3 are taken from Normal first.
 */
final class Shortage {
  static final String MACHINE = "--machine i386 --mem 32M";

  private static final String TAKE = " alloc_pages 3 GFP_NOWAIT|__GFP_NOWARN";

  private Shortage() {}

  /** Much is free. */
  static void plenty(Draft draft) {
    draft.setup("b = repeat " + draft.pick(10, 250) + TAKE);
  }

  /** Zone Normal is at its low watermark, zone DMA is not. */
  static void normalIsLow(Draft draft) {
    draft.setup("b = repeat " + draft.pick(346, 780) + TAKE);
  }

  /** Both zones are between their min and their low watermarks. */
  static void bothAreLow(Draft draft) {
    draft.setup("b = repeat " + draft.pick(807, 809) + TAKE);
  }

  /** Both zones are down to their min watermarks. */
  static void usedUp(Draft draft) {
    draft.setup("b = repeat " + draft.pick(820, 900) + TAKE);
  }

  /** Zone DMA is down to its watermarks, zone Normal is not. */
  static void dmaIsUsedUp(Draft draft) {
    draft.setup("b = repeat " + draft.pick(480, 520) + TAKE + "|__GFP_DMA");
    draft.setup("c = repeat " + draft.pick(10, 200) + TAKE);
  }

  /** Many pages are free, but only in small blocks. */
  static void fragmented(Draft draft) {
    draft.setup("b = repeat 900" + TAKE);
    StringBuilder free = new StringBuilder("for i in");
    int first = draft.pick(0, 1);
    int last = draft.pick(30, 56);
    for (int i = first; i <= last; i += 2) {
      free.append(' ').append(i);
    }
    draft.setup(free + ": free_pages $b[$i] 3");
  }
}
