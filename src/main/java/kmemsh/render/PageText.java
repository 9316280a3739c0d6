package kmemsh.render;

import java.util.List;
import kmemsh.text.Style;
import kmemsh.text.Text;
import kmemsh.view.Frame;
import kmemsh.view.Migratetype;
import kmemsh.view.PageInfo;

/** struct page of one frame, field by field, with the names that older notes use. */
final class PageText {
  private static final int FIELD = 15;
  private static final int VALUE = 30;
  private static final int INDENT = 2;

  private PageText() {}

  static void render(PageInfo page, Text out, int columns) {
    Frame frame = page.frame();
    out.add(Style.HEAD, "page pfn ").hex(frame.pfn()).add(": ");
    String slab = page.slab().isEmpty() ? "" : ", a slab of " + page.slab();
    Draw.words(Frames.describe(frame) + slab, out, columns, INDENT);
    out.line();
    place(page, out, columns);
    for (String mapped : page.mappedAt()) {
      Draw.words("mapped at " + mapped, out.blanks(INDENT), columns, 2 * INDENT);
      out.line();
    }
    if (!page.hasStruct()) {
      out.blanks(INDENT).add("it has no struct page").line();
      return;
    }
    row("field", "value", "notes", Style.HEAD, out, columns);
    field("flags", page.flags(), "", out, columns);
    field("_refcount", "" + page.refcount(), "_count, count before 4.6", out, columns);
    if (page.slab().isEmpty() || page.frame().pfn() != page.frame().head()) {
      words(page, out, columns);
    } else {
      field("(the others)", "words of struct slab", "see slab, cache", out, columns);
    }
    String virt = page.virt() == null ? "none" : Draw.hex(page.virt().value());
    field("virtual", virt, "no field on x86: page_address()", out, columns);
  }

  /** The words that struct slab takes over in the first page of a slab. */
  private static void words(PageInfo page, Text out, int columns) {
    boolean buddy = page.pageType().equals("0xffffff7f");
    field(
        "_mapcount",
        page.mapcount() + " (" + (page.mapcount() - 1) + " in the word)",
        buddy ? "shares its word with page_type" : "0: no user maps it",
        out,
        columns);
    field("page_type", page.pageType(), buddy ? "buddy; PG_buddy in 2.6" : "none", out, columns);
    String order = "the order; head of a free block";
    field("private", "" + page.privateValue(), buddy ? order : "", out, columns);
    field("index", "" + page.index(), indexNote(page), out, columns);
    boolean tail = page.compoundHead() >= 0;
    field("mapping", page.mapping(), tail ? "TAIL_MAPPING" : "", out, columns);
    field("lru", list(page), "prev <-> next; list in 2.4", out, columns);
    String head = tail ? Draw.hex(page.compoundHead()) + " | 1" : "-";
    field("compound_head", head, "first_page before 4.4", out, columns);
    if (page.compoundOrder() >= 0) {
      field("compound_dtor", "1", "COMPOUND_PAGE_DTOR", out, columns);
      field("compound_order", "" + page.compoundOrder(), "in the first tail alone", out, columns);
    }
  }

  private static String indexNote(PageInfo page) {
    String owner = page.frame().owner();
    boolean head = page.frame().pfn() == page.frame().head();
    if (head && owner.equals(Frame.PCP)) {
      return "cached migratetype " + Migratetype.name(page.index());
    }
    return head && owner.equals(Frame.ALLOCATED) ? "stale cached migratetype" : "";
  }

  private static void place(PageInfo page, Text out, int columns) {
    String zone = page.zone().isEmpty() ? "no zone" : "zone " + Draw.zone(page.nid(), page.zone());
    String block = "pageblock " + Draw.hex(page.pageblock()) + " " + page.pageblockType();
    String phys = "phys " + Draw.hex(page.phys().value());
    String virt = page.virt() == null ? "no address" : "virt " + Draw.hex(page.virt().value());
    out.blanks(INDENT);
    Draw.items(List.of(zone, block.trim(), phys, virt), out, columns, INDENT);
    out.line();
  }

  private static String list(PageInfo page) {
    if (page.lruPrev() == PageInfo.NO_LIST) {
      return "on no list";
    }
    return neighbour(page.lruPrev()) + " <-> " + neighbour(page.lruNext());
  }

  private static String neighbour(int pfn) {
    return pfn < 0 ? "head" : Draw.hex(pfn);
  }

  private static void field(String name, String value, String note, Text out, int columns) {
    row(name, value, note, Style.PLAIN, out, columns);
  }

  private static void row(
      String name, String value, String note, Style style, Text out, int columns) {
    out.blanks(INDENT).style(style == Style.PLAIN ? Style.NAME : style).add(name).style(style);
    out.blanks(FIELD - name.length());
    Draw.joined(value, out, columns, INDENT + 2);
    if (!note.isEmpty()) {
      boolean fits =
          INDENT + FIELD + Math.max(VALUE, value.length() + 1) + note.length() <= columns;
      if (fits) {
        out.blanks(Math.max(1, VALUE - value.length())).add(note);
      } else if (style == Style.PLAIN) {
        out.line().blanks(INDENT + 2);
        Draw.words(note, out, columns, INDENT + 2);
      }
    }
    out.style(Style.PLAIN).line();
  }
}
