package kmemsh.explain;

import java.util.ArrayList;
import java.util.List;

/** Folds parts of a text that come several times in a row. */
final class Repeats {
  private static final int LONGEST = 24;

  private Repeats() {}

  static List<String> fold(List<String> lines) {
    List<String> folded = new ArrayList<>();
    int at = 0;
    while (at < lines.size()) {
      int length = lengthOfRepeated(lines, at);
      if (length == 0) {
        folded.add(lines.get(at++));
        continue;
      }
      int times = 1;
      while (equal(lines, at, at + times * length, length)) {
        times++;
      }
      folded.addAll(lines.subList(at, at + length));
      folded.add(again(lines, at, length, times));
      at += times * length;
    }
    return folded;
  }

  private static String again(List<String> lines, int at, int length, int times) {
    int indent = Integer.MAX_VALUE;
    for (String line : lines.subList(at, at + length)) {
      indent = Math.min(indent, line.length() - line.stripLeading().length());
    }
    String what = length == 1 ? "the same" : "these " + length + " lines";
    String often = times == 2 ? "once more" : Words.count(times - 1) + " times more";
    return " ".repeat(indent) + "... " + what + " " + often;
  }

  /** The length of the shortest part at {@code at} that comes twice and is worth folding, or 0. */
  private static int lengthOfRepeated(List<String> lines, int at) {
    for (int length = 1; length <= LONGEST; length++) {
      boolean worth = length > 1 || equal(lines, at, at + 2, 1);
      if (worth && equal(lines, at, at + length, length)) {
        return length;
      }
    }
    return 0;
  }

  private static boolean equal(List<String> lines, int first, int second, int length) {
    if (second + length > lines.size()) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (!lines.get(first + i).equals(lines.get(second + i))) {
        return false;
      }
    }
    return true;
  }
}
