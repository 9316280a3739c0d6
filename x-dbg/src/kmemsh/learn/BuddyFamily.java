package kmemsh.learn;

import kmemsh.view.BuddyTree;

/** The pfn of a block's buddy, and what the two make together. */
final class BuddyFamily extends Family {
  private static final int MAX_ORDER = 10;
  private static final long LINEAR_MAP = 0xc0000000L;

  BuddyFamily() {
    super("buddy", "buddy", "the buddy's pfn");
  }

  @Override
  void make(Draft draft) {
    draft.boot("--machine i386 --mem 64M");
    int order = draft.pick(draft.level() - 1, MAX_ORDER - 1);
    int pfn = draft.pick(0x1400 >> order, (0x3e00 >> order) - 1) << order;
    BuddyTree.Level level = level((BuddyTree) draft.look("buddy " + pfn), order);
    String block = "the block of order " + order + " at pfn 0x" + Integer.toHexString(pfn);
    if (draft.level() == 1) {
      draft.prompt("Which pfn has the buddy of " + block + "?");
      draft.hex(level.buddy());
    } else if (draft.level() == 2) {
      draft.prompt("At which pfn begins what " + block + " and its buddy make together?");
      draft.hex(Math.min(level.block(), level.buddy()));
    } else {
      long address = LINEAR_MAP + ((long) pfn << 12);
      draft.prompt(
          "Which virtual address in the linear map has the buddy of the block of order "
              + order
              + " at 0x"
              + Long.toHexString(address)
              + "? (The map begins at 0xc0000000.)");
      draft.hex(LINEAR_MAP + ((long) level.buddy() << 12));
    }
    draft.hint("Buddies of order k differ in one bit of the pfn, bit k.");
    draft.hint("Here that bit is worth 0x" + Integer.toHexString(1 << order) + " frames.");
    draft.show("buddy " + pfn);
  }

  static BuddyTree.Level level(BuddyTree tree, int order) {
    for (BuddyTree.Level level : tree.levels()) {
      if (level.order() == order) {
        return level;
      }
    }
    throw new IllegalStateException("order " + order);
  }

  @Override
  String meant(Bench bench, Question question, String given) {
    long wrong = Long.parseLong(given);
    long right = Long.parseLong(question.answer());
    long bits = wrong ^ right;
    if (bits == 0 || wrong < 0) {
      return "";
    }
    return "0x"
        + Long.toHexString(wrong)
        + " differs from the answer in the bits 0x"
        + Long.toHexString(bits)
        + (Long.bitCount(bits) == 1
            ? ": the wrong bit was turned over, or none"
            : ": a buddy differs in one bit, here in several");
  }
}
