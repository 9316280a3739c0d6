package kmemsh.render;

import java.util.ArrayList;
import java.util.List;
import kmemsh.text.Style;
import kmemsh.text.Text;

/** What pictures have in common: words that wrap, lists of frames, bars, names of zones. */
final class Draw {
  private static final long PAGE_BYTES = 4096;
  private static final int SHORTEST_RUN = 4;

  private Draw() {}

  /** Characters on the present line so far. */
  static int column(Text out) {
    return column(out, out.length());
  }

  /** Characters before {@code end} on its line. */
  static int column(Text out, int end) {
    return end - 1 - out.chars().lastIndexOf("\n", end - 1);
  }

  /** Hex digits of an unsigned value. */
  static int hexDigits(long value) {
    return Math.max(1, (67 - Long.numberOfLeadingZeros(value)) / 4);
  }

  /** {@code 0x2f5b8}. */
  static String hex(long value) {
    return "0x" + Long.toHexString(value);
  }

  /** {@code 219,112}. */
  static String grouped(long value) {
    return new Text().grouped(value).plain();
  }

  /** {@code 1 page}, {@code 1,024 pages}. */
  static String count(long count, String thing) {
    return grouped(count) + " " + thing + (count == 1 ? "" : "s");
  }

  /**
   * Bytes of {@code pages} in the largest unit that divides them or leaves at least 10, with one
   * decimal, cut off.
   */
  static String size(long pages) {
    long bytes = pages * PAGE_BYTES;
    int unit = 0;
    while (unit < 4 && bytes != 0 && fits(bytes, 1L << (10 * (unit + 1)))) {
      unit++;
    }
    long whole = bytes >>> (10 * unit);
    long tenth = ((bytes - (whole << (10 * unit))) * 10) >>> (10 * unit);
    String name = unit == 0 ? "B" : (" KMGT".charAt(unit) + "iB");
    return grouped(whole) + (tenth == 0 ? "" : "." + tenth) + " " + name;
  }

  private static boolean fits(long bytes, long unit) {
    return bytes % unit == 0 || bytes >= 10 * unit;
  }

  /** {@code Normal}, or {@code node 1 Normal} where there are several nodes. */
  static String zone(int nid, String zone) {
    return nid < 0 ? zone : "node " + nid + " " + zone;
  }

  /** Appends words that stay within {@code columns}; further lines begin with blanks. */
  static void words(String sentence, Text out, int columns, int indent) {
    int at = 0;
    boolean first = true;
    while (at < sentence.length()) {
      int blank = sentence.indexOf(' ', at);
      int end = blank < 0 ? sentence.length() : blank;
      if (first) {
        first = false;
      } else if (column(out) + 1 + end - at > columns) {
        out.line().blanks(indent);
      } else {
        out.add(' ');
      }
      if (end - at > columns - indent) {
        joined(sentence.substring(at, end), out, columns, indent);
      } else {
        out.add(sentence, at, end);
      }
      at = end + 1;
    }
  }

  /** Appends items, two blanks between them, that stay within {@code columns}. */
  static void items(List<String> items, Text out, int columns, int indent) {
    boolean first = true;
    for (String item : items) {
      if (!first && column(out) + 2 + item.length() > columns) {
        out.line().blanks(indent);
      } else if (!first) {
        out.add("  ");
      }
      out.add(item);
      first = false;
    }
  }

  /** Appends a line, broken where it has two blanks and gets longer than {@code columns}. */
  static void broken(String line, Text out, int columns) {
    List<String> items = new ArrayList<>();
    int end = line.endsWith("\n") ? line.length() - 1 : line.length();
    int start = 0;
    while (start < end) {
      int gap = line.indexOf("  ", start);
      int stop = gap < 0 ? end : gap;
      items.add(line.substring(start, stop));
      start = stop + 2;
    }
    items(items, out, columns, 2);
    out.line();
  }

  /**
   * Appends names joined by bars, broken behind a bar or a bracket where the line gets too long.
   */
  static void joined(String names, Text out, int columns, int indent) {
    int start = 0;
    while (start < names.length()) {
      int end = start + 1;
      while (end < names.length() && !isBreak(names.charAt(end - 1))) {
        end++;
      }
      if (start > 0 && column(out) + end - start > columns) {
        out.line().blanks(indent);
      }
      out.add(names, start, end);
      start = end;
    }
  }

  /** Appends {@code value} of {@code all} as a bar of at most {@code room} marks. */
  static void bar(long value, long all, int room, Text out) {
    int marks = value <= 0 ? 0 : (int) Math.max(1, value * room / Math.max(1, all));
    out.style(Style.FREE).repeat('#', Math.min(room, marks)).style(Style.PLAIN);
  }

  private static boolean isBreak(char c) {
    return c == '|' || c == '(';
  }

  /**
   * Appends frames in their order, equal steps drawn together, and a newline.
   *
   * @param most items to show; the rest is counted
   */
  static void frames(int[] pfns, int most, Text out, int columns, int indent) {
    int shown = 0;
    boolean first = true;
    int at = 0;
    while (at < pfns.length && shown < most) {
      int end = runEnd(pfns, at);
      String item = item(pfns, at, end);
      if (!first && column(out) + 1 + item.length() > columns) {
        out.line().blanks(indent);
      } else if (!first) {
        out.add(' ');
      }
      out.add(item);
      first = false;
      shown++;
      at = end;
    }
    out.line();
    if (at < pfns.length) {
      String rest = "... " + grouped(pfns.length - at) + " more not shown; --all shows them";
      words(rest, out.blanks(indent), columns, indent);
      out.line();
    }
  }

  /** The end of the run of equal steps that begins at {@code at}. */
  private static int runEnd(int[] pfns, int at) {
    int end = at + 1;
    if (end < pfns.length) {
      int step = pfns[end] - pfns[at];
      while (end < pfns.length && pfns[end] - pfns[end - 1] == step) {
        end++;
      }
    }
    return end - at < SHORTEST_RUN ? at + 1 : end;
  }

  private static String item(int[] pfns, int at, int end) {
    if (end - at == 1) {
      return hex(pfns[at]);
    }
    int step = pfns[at + 1] - pfns[at];
    String by = (step < 0 ? "-" : "+") + hex(Math.abs(step));
    return hex(pfns[at]) + ".." + hex(pfns[end - 1]) + "(" + (end - at) + ", " + by + ")";
  }
}
