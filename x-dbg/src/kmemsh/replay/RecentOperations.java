package kmemsh.replay;

import java.util.ArrayList;
import java.util.List;
import kmemsh.capture.PageSection;

/** The last operations of a section as numbers; words are made of them only when asked for. */
final class RecentOperations {
  private static final int KEPT = 8;

  private final char[] operation = new char[KEPT];
  private final long[] number = new long[KEPT];
  private final int[] size = new int[KEPT];
  private final int[] gfpMask = new int[KEPT];
  private final int[] pfn = new int[KEPT];
  private long nr;

  void clear() {
    nr = 0;
  }

  void add(PageSection section) {
    int slot = (int) (nr++ & (KEPT - 1));
    char letter = section.operation();
    operation[slot] = letter;
    gfpMask[slot] = section.gfpMask();
    pfn[slot] = section.pfn();
    switch (letter) {
      case 'x', 'y' -> number[slot] = section.bytes();
      case 'b' -> {
        number[slot] = section.wanted();
        size[slot] = section.nrPfns();
      }
      case 'l' -> size[slot] = section.nrPfns();
      case 'c' -> number[slot] = section.cpu();
      default -> number[slot] = section.order();
    }
  }

  /** The operations before the last one, oldest first; lists are left out. */
  List<String> beforeTheLast() {
    List<String> texts = new ArrayList<>();
    for (long i = Math.max(0, nr - KEPT); i < nr - 1; i++) {
      texts.add(text((int) (i & (KEPT - 1))));
    }
    return texts;
  }

  /** All that are kept, oldest first. */
  List<String> all() {
    List<String> texts = beforeTheLast();
    if (nr > 0) {
      texts.add(text((int) ((nr - 1) & (KEPT - 1))));
    }
    return texts;
  }

  private String text(int slot) {
    String gfp = Integer.toHexString(gfpMask[slot]);
    String result = pfn[slot] < 0 ? "-" : Integer.toString(pfn[slot]);
    return switch (operation[slot]) {
      case 'a', 'x' -> operation[slot] + " " + number[slot] + " " + gfp + " " + result;
      case 'b' -> "b " + number[slot] + " " + gfp + " " + size[slot] + " : ...";
      case 'l' -> "l " + size[slot] + " : ...";
      case 'c' -> "c " + number[slot];
      default -> operation[slot] + " " + number[slot] + " " + result;
    };
  }
}
