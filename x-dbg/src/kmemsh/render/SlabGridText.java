package kmemsh.render;

import java.util.Arrays;
import kmemsh.text.Style;
import kmemsh.text.Text;
import kmemsh.view.SlabInfo;
import kmemsh.view.SlabObjects;

/** One slab as a grid of its objects, with what lies before, between and behind them. */
final class SlabGridText {
  private static final int LABEL = 6;
  private static final int INDENT = 2;
  private static final int MOST_ACROSS = 16;

  private SlabGridText() {}

  static void render(SlabObjects slab, Text out, int columns) {
    head(slab, out, columns);
    int[] places = places(slab);
    int cell = Math.max(2, 2 + digits(Math.max(slab.freelist().length, slab.waiting().length)));
    int across = Math.min(MOST_ACROSS, Math.max(1, (columns - LABEL) / cell));
    String states = slab.slab().states();
    for (int from = 0; from < states.length(); from += across) {
      out.number(from, LABEL - 1);
      out.add(':');
      for (int i = from; i < Math.min(states.length(), from + across); i++) {
        cell(states.charAt(i), places[i], cell, out);
      }
      out.line();
    }
    layout(slab, out, columns);
    line(
        "U used  .n free, n-th to be taken (.0 is next)  an waiting in an array or on a CPU's"
            + " freelist, n-th",
        out,
        columns,
        0);
  }

  private static void head(SlabObjects objects, Text out, int columns) {
    SlabInfo slab = objects.slab();
    out.add(Style.NAME, objects.cache()).add(" slab ").number(slab.nr()).add(": ");
    String words =
        "pfn "
            + Draw.hex(slab.pfn())
            + ", order "
            + slab.order()
            + ", virt "
            + Draw.hex(slab.virt().value())
            + ", "
            + slab.list()
            + " of "
            + (slab.list().startsWith("cpu") ? "cpu " : "node ")
            + slab.owner();
    Draw.words(words, out, columns, INDENT);
    out.line();
    String counts =
        slab.objects()
            + " objects of "
            + objects.size()
            + " bytes: "
            + slab.used()
            + " used, "
            + slab.waiting()
            + " waiting, "
            + slab.free()
            + " free";
    line(counts, out, columns, INDENT);
  }

  /** For each object its place on the list it waits in; -1 when it is used. */
  private static int[] places(SlabObjects slab) {
    int[] places = new int[slab.slab().objects()];
    Arrays.fill(places, -1);
    number(slab.freelist(), places);
    number(slab.waiting(), places);
    return places;
  }

  private static void number(int[] list, int[] places) {
    for (int i = 0; i < list.length; i++) {
      if (list[i] >= 0 && list[i] < places.length) {
        places[list[i]] = i;
      }
    }
  }

  private static int digits(int number) {
    return Integer.toString(Math.max(0, number - 1)).length();
  }

  private static void cell(char state, int place, int cell, Text out) {
    String text = state == SlabInfo.USED ? "U" : "" + state + place;
    out.blanks(cell - text.length());
    out.style(state == SlabInfo.FREE ? Style.FREE : Style.PLAIN).add(text).style(Style.PLAIN);
  }

  private static void layout(SlabObjects slab, Text out, int columns) {
    SlabInfo info = slab.slab();
    boolean colour = slab.allocator().equals("slab");
    StringBuilder words = new StringBuilder("bytes: ");
    if (colour) {
      words.append(info.offset()).append(" colour, ");
    }
    words.append(info.objects()).append(" x ").append(slab.size()).append(" objects");
    if (slab.redBytes() > 0) {
      words.append(" (").append(slab.redBytes()).append(" of each are red zones)");
    }
    if (slab.indexBytes() > 0) {
      words.append(", ").append(slab.indexBytes()).append(" index");
    }
    words.append(", ").append(slab.wasteBytes()).append(" left over");
    words.append("; index: ").append(slab.index());
    line(words.toString(), out, columns, INDENT);
    if (slab.size() > slab.objectSize()) {
      int lost = slab.size() - slab.objectSize();
      String each = "each object: " + slab.objectSize() + " asked for, " + lost + " more";
      line(each, out, columns, INDENT);
    }
  }

  private static void line(String words, Text out, int columns, int indent) {
    Draw.words(words, out.blanks(indent), columns, indent + 2);
    out.line();
  }
}
