package kmemsh.render;

import java.util.ArrayList;
import java.util.List;
import kmemsh.text.Style;
import kmemsh.text.Text;
import kmemsh.view.MemMap;

/**
 * A map of memory: rows of characters, one for a power of two of pages.
 *
 * <p>A character stands for what has all its pages, or says that they are mixed. The scale is the
 * finest that keeps the whole map within {@value #MOST_ROWS} rows or so.
 */
final class MemMapText {
  private static final int MOST_ROWS = 20;
  private static final int MOST_CELLS = 128;
  private static final int LEAST_CELLS = 16;
  private static final int PERCENT_COLUMNS = 6;
  private static final char MOSTLY_FREE = '+';
  private static final char MOSTLY_USED = '*';

  private final MemMap map;
  private final Text out;
  private final int columns;
  private final int labelColumns;
  private final int cells;
  private final int pagesPerCell;

  /** The letters drawn so far, for the legend. */
  private final StringBuilder used = new StringBuilder();

  private int run;
  private long freeInRow;

  private MemMapText(MemMap map, Text out, int columns) {
    this.map = map;
    this.out = out;
    this.columns = columns;
    labelColumns = 3 + Draw.hexDigits(Math.max(1, map.end() - 1));
    int room = Math.max(LEAST_CELLS, Math.min(MOST_CELLS, columns - labelColumns));
    cells = Integer.highestOneBit(room);
    pagesPerCell = scale();
  }

  static void render(MemMap map, Text out, int columns) {
    if (map.zones().isEmpty()) {
      out.add("no zone there").line();
      return;
    }
    new MemMapText(map, out, columns).draw();
  }

  private int scale() {
    int scale = 1;
    while (rows(scale) > MOST_ROWS + map.zones().size()) {
      scale <<= 1;
    }
    return scale;
  }

  private long rows(int scale) {
    long perRow = (long) scale * cells;
    long rows = 0;
    for (MemMap.Span span : map.zones()) {
      rows += (span.end() - 1) / perRow - span.start() / perRow + 1;
    }
    return rows;
  }

  private void draw() {
    out.add("1 character = ").add(Draw.count(pagesPerCell, "page")).add(", ");
    out.add(Draw.size(pagesPerCell)).line();
    for (MemMap.Span span : map.zones()) {
      String range = Draw.hex(span.start()) + ".." + Draw.hex(span.end() - 1);
      out.add(Style.NAME, Draw.zone(span.nid(), span.zone())).add("  ");
      Draw.items(List.of(range, Draw.size(span.end() - span.start())), out, columns, 2);
      out.line();
      long perRow = (long) pagesPerCell * cells;
      for (long row = span.start() / perRow * perRow; row < span.end(); row += perRow) {
        row(span, row, perRow);
      }
    }
    legend();
  }

  private void row(MemMap.Span span, long start, long perRow) {
    Text line = new Text();
    line.right(Draw.hex(start), labelColumns - 1).add(' ');
    freeInRow = 0;
    for (int i = 0; i < cells; i++) {
      int from = (int) Math.max(span.start(), start + (long) i * pagesPerCell);
      int to = (int) Math.min(span.end(), start + (i + 1L) * pagesPerCell);
      char letter = from < to ? cell(from, to) : ' ';
      line.style(style(letter)).add(letter);
      if (letter != ' ' && used.indexOf(String.valueOf(letter)) < 0) {
        used.append(letter);
      }
    }
    line.style(Style.PLAIN);
    if (columns >= labelColumns + cells + PERCENT_COLUMNS) {
      long pages = Math.min(span.end(), start + perRow) - Math.max(span.start(), start);
      line.add(' ').number(freeInRow * 100 / pages, PERCENT_COLUMNS - 2).add('%');
    }
    out.add(line).trimmedLine();
    if (map.mark() >= Math.max(span.start(), start) && map.mark() < start + perRow) {
      int at = labelColumns + (int) ((map.mark() - start) / pagesPerCell);
      out.blanks(at).add(Style.CHANGED, "^").line();
    }
  }

  /** The letter for the frames {@code [from, to)} of one zone. */
  private char cell(int from, int to) {
    while (run > 0 && start(run) > from) {
      run--;
    }
    while (run + 1 < map.starts().length && start(run + 1) <= from) {
      run++;
    }
    Tally tally = new Tally();
    int i = run;
    for (int at = from; at < to; i++) {
      int end = i + 1 < map.starts().length ? Math.min(to, start(i + 1)) : to;
      tally.add(map.states().charAt(i), end - at);
      at = end;
    }
    freeInRow += tally.free;
    return tally.letter(pagesPerCell > 1);
  }

  private int start(int i) {
    return map.starts()[i];
  }

  /** What the pages of one character are. */
  private static final class Tally {
    private long free;
    private long other;
    private long most;
    private char freeLetter = '0';
    private char otherLetter;

    void add(char state, int pages) {
      if (isFree(state)) {
        free += pages;
        freeLetter = larger(freeLetter, state);
      } else {
        other += pages;
        if (pages > most) {
          most = pages;
          otherLetter = state;
        }
      }
    }

    /** The letter of the larger order. */
    private static char larger(char letter, char state) {
      boolean ten = letter == MemMap.FREE_TEN || state == MemMap.FREE_TEN;
      return ten ? MemMap.FREE_TEN : (char) Math.max(letter, state);
    }

    char letter(boolean coarse) {
      if (other == 0) {
        return freeLetter;
      }
      if (free == 0) {
        return coarse && otherLetter == MemMap.TAIL ? MemMap.ALLOCATED : otherLetter;
      }
      return free >= other ? MOSTLY_FREE : MOSTLY_USED;
    }
  }

  static boolean isFree(char state) {
    return (state >= '0' && state <= '9') || state == MemMap.FREE_TEN;
  }

  private static Style style(char letter) {
    if (isFree(letter) || letter == MOSTLY_FREE) {
      return Style.FREE;
    }
    if (letter == MemMap.ALLOCATED || letter == MemMap.TAIL || letter == MOSTLY_USED) {
      return Style.USED;
    }
    return letter == MemMap.PCP ? Style.CHANGED : letter == ' ' ? Style.PLAIN : Style.RESERVED;
  }

  private void legend() {
    List<String> items = new ArrayList<>();
    boolean free = false;
    for (int i = 0; i < used.length(); i++) {
      free |= isFree(used.charAt(i));
    }
    boolean coarse = pagesPerCell > 1;
    if (free) {
      items.add("0-9 . free, by " + (coarse ? "largest " : "") + "order (. is 10)");
    }
    item(items, MOSTLY_FREE, "+ mostly free");
    item(items, MOSTLY_USED, "* mostly used");
    item(items, MemMap.PCP, "p per-CPU list");
    item(items, MemMap.ALLOCATED, coarse ? "# allocated" : "# allocated, = its further pages");
    item(items, MemMap.TABLES, "T page tables");
    item(items, MemMap.RESERVED, "R reserved");
    item(items, MemMap.HOLE, "- hole");
    Draw.items(items, out, columns, 0);
    out.line();
  }

  private void item(List<String> items, char letter, String means) {
    if (used.indexOf(String.valueOf(letter)) >= 0) {
      items.add(means);
    }
  }
}
