package kmemsh.render;

import java.awt.Color;
import java.awt.Font;
import java.util.LinkedHashMap;
import java.util.Map;
import kmemsh.view.BuddyInfo;
import kmemsh.view.MemMap;
import org.apache.batik.svggen.SVGGraphics2D;

/** The map of memory and the free lists as SVG documents. */
public final class SvgMaps {
  private static final int WIDTH = 800;
  private static final int MARGIN = 16;
  private static final int LINE = 18;
  private static final int CELLS = 128;
  private static final int MOST_ROWS = 48;
  private static final int CELL = 6;
  private static final Font FONT = new Font(Font.SANS_SERIF, Font.PLAIN, 12);
  private static final Font BOLD = new Font(Font.SANS_SERIF, Font.BOLD, 12);

  private static final Color USED = new Color(0xd55e00);
  private static final Color PCP = new Color(0xf0e442);
  private static final Color TABLES = new Color(0xcc79a7);
  private static final Color RESERVED = new Color(0x555555);
  private static final Color HOLE = new Color(0xe8e8e8);
  private static final int ORDERS = 11;

  private SvgMaps() {}

  /** A map of memory: one small square for a power of two of pages. */
  public static String memMap(MemMap map) {
    int scale = 1;
    while (rows(map, scale) > MOST_ROWS) {
      scale <<= 1;
    }
    int pages = scale;
    int height =
        MARGIN * 2 + (int) rows(map, scale) * CELL + map.zones().size() * 2 * LINE + 3 * LINE;
    return SvgFiles.document(WIDTH, height, graphics -> draw(map, pages, graphics));
  }

  private static long rows(MemMap map, int scale) {
    long rows = 0;
    for (MemMap.Span span : map.zones()) {
      rows +=
          (span.end() - 1L) / ((long) scale * CELLS) - span.start() / ((long) scale * CELLS) + 1;
    }
    return rows;
  }

  private static void draw(MemMap map, int scale, SVGGraphics2D graphics) {
    background(graphics);
    int y = MARGIN + LINE;
    long perRow = (long) scale * CELLS;
    int run = 0;
    for (MemMap.Span span : map.zones()) {
      text(zone(span.nid(), span.zone()), MARGIN, y, BOLD, graphics);
      String range = Draw.hex(span.start()) + ".." + Draw.hex(span.end() - 1L);
      text(range, MARGIN + 120, y, FONT, graphics);
      y += LINE / 2;
      for (long row = span.start() / perRow * perRow; row < span.end(); row += perRow) {
        run = row(map, span, row, scale, run, y, graphics);
        y += CELL;
      }
      y += 2 * LINE - LINE / 2;
    }
    legend(scale, y, graphics);
  }

  /** Draws a row, like squares in one piece; gives the run it got to. */
  private static int row(
      MemMap map,
      MemMap.Span span,
      long row,
      int scale,
      int firstRun,
      int y,
      SVGGraphics2D graphics) {
    int run = firstRun;
    int start = 0;
    char before = 0;
    for (int cell = 0; cell <= CELLS; cell++) {
      long from = Math.max(span.start(), row + (long) cell * scale);
      long to = Math.min(span.end(), row + (cell + 1L) * scale);
      char state = 0;
      if (cell < CELLS && from < to) {
        while (run + 1 < map.starts().length && map.starts()[run + 1] <= from) {
          run++;
        }
        state = mostly(map, run, from, to);
      }
      if (state != before) {
        if (before != 0) {
          graphics.setColor(color(before));
          graphics.fillRect(MARGIN + start * CELL, y, (cell - start) * CELL - 1, CELL - 1);
        }
        before = state;
        start = cell;
      }
    }
    return run;
  }

  /** The letter that most of the frames from {@code from} to {@code to} have. */
  private static char mostly(MemMap map, int firstRun, long from, long to) {
    Map<Character, Long> shares = new LinkedHashMap<>();
    int run = firstRun;
    long at = from;
    while (at < to) {
      long end = run + 1 < map.starts().length ? Math.min(to, map.starts()[run + 1]) : to;
      char state = map.states().charAt(run);
      char shown = state == MemMap.TAIL ? MemMap.ALLOCATED : state;
      shares.merge(shown, end - at, Long::sum);
      at = end;
      run++;
    }
    char best = MemMap.HOLE;
    long most = 0;
    for (Map.Entry<Character, Long> share : shares.entrySet()) {
      if (share.getValue() > most) {
        best = share.getKey();
        most = share.getValue();
      }
    }
    return best;
  }

  private static Color color(char state) {
    return switch (state) {
      case MemMap.ALLOCATED -> USED;
      case MemMap.PCP -> PCP;
      case MemMap.TABLES -> TABLES;
      case MemMap.RESERVED -> RESERVED;
      case MemMap.HOLE -> HOLE;
      default -> free(state == MemMap.FREE_TEN ? ORDERS - 1 : state - '0');
    };
  }

  /** The larger the block, the lighter. */
  private static Color free(int order) {
    int light = 60 + 17 * order;
    return new Color(light / 3, 100 + 9 * order, Math.min(255, 140 + 10 * order));
  }

  private static void legend(int scale, int top, SVGGraphics2D graphics) {
    String unit = Draw.count(scale, "page") + " a square, " + Draw.size(scale);
    text(unit, MARGIN, top, FONT, graphics);
    int x = MARGIN;
    int y = top + LINE;
    x = entry("allocated", USED, x, y, graphics);
    x = entry("per-CPU lists", PCP, x, y, graphics);
    x = entry("kernel tables", TABLES, x, y, graphics);
    x = entry("reserved", RESERVED, x, y, graphics);
    x = entry("hole", HOLE, x, y, graphics);
    x = entry("free, order 0", free(0), x, y, graphics);
    entry("free, order 10", free(ORDERS - 1), x, y, graphics);
  }

  private static int entry(String what, Color color, int x, int y, SVGGraphics2D graphics) {
    graphics.setColor(color);
    graphics.fillRect(x, y - 9, 10, 10);
    text(what, x + 14, y, FONT, graphics);
    return x + 34 + graphics.getFontMetrics(FONT).stringWidth(what);
  }

  /** Free blocks by zone and order: the number, and a bar as long as its share of the pages. */
  public static String buddyInfo(BuddyInfo info) {
    int height = 2 * MARGIN + info.zones().size() * (ORDERS + 3) * LINE;
    return SvgFiles.document(WIDTH, height, graphics -> draw(info, graphics));
  }

  private static void draw(BuddyInfo info, SVGGraphics2D graphics) {
    background(graphics);
    int y = MARGIN + LINE;
    for (BuddyInfo.Zone zone : info.zones()) {
      String head =
          zone(zone.nid(), zone.zone())
              + ": "
              + Draw.grouped(zone.freePages())
              + " of "
              + Draw.grouped(zone.managedPages())
              + " pages free";
      text(head, MARGIN, y, BOLD, graphics);
      y += LINE;
      for (int order = 0; order < zone.nrFree().length; order++) {
        long pages = (long) zone.nrFree()[order] << order;
        text("order " + order, MARGIN, y, FONT, graphics);
        text(Draw.count(zone.nrFree()[order], "block"), MARGIN + 70, y, FONT, graphics);
        long room = WIDTH - 2L * MARGIN - 180;
        int width =
            pages == 0 ? 0 : (int) Math.max(1, pages * room / Math.max(1, zone.freePages()));
        graphics.setColor(free(order));
        graphics.fillRect(MARGIN + 180, y - 11, width, 12);
        y += LINE;
      }
      y += 2 * LINE;
    }
  }

  private static String zone(int nid, String zone) {
    return "zone " + Draw.zone(nid, zone);
  }

  private static void background(SVGGraphics2D graphics) {
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, graphics.getSVGCanvasSize().width, graphics.getSVGCanvasSize().height);
  }

  private static void text(String text, int x, int y, Font font, SVGGraphics2D graphics) {
    graphics.setColor(Color.BLACK);
    graphics.setFont(font);
    graphics.drawString(text, x, y);
  }
}
