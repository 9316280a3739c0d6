package kmemsh.render;

import kmemsh.text.Text;
import kmemsh.view.Freed;
import kmemsh.view.PageBlock;

/** The answers of kernel calls: one line each, at the speed of a pipe. */
final class CallText {
  static final long PAGE_BYTES = 4096;

  // Lengths of the fixed words of a line, blanks in front included.
  private static final int PAGE_PFN = 11;
  private static final int DOTS = 4;
  private static final int ORDER = 9;
  private static final int SIZE = 9;
  static final int ZONE_WORD = 5;
  static final int NODE = 8;
  private static final int VIRT = 9;
  private static final int NO_ADDRESS = 12;

  /** A terminal of fewer columns gets an answer in several lines. */
  static final int NARROW = 60;

  private CallText() {}

  /**
   * The full line is {@code page pfn 0x2f5b8..0x2f5bf order 3, 32 KiB zone Normal Unmovable virt
   * 0xef5b8000}. Where it does not fit, it first does without what follows from the rest: the size,
   * the last frame, the word zone.
   */
  static void block(PageBlock block, Text out, int columns) {
    int order = block.order();
    int pfn = block.pfn();
    int last = pfn + (1 << order) - 1;
    int lastColumns = order == 0 ? 0 : DOTS + Draw.hexDigits(last);
    int needed = Draw.column(out) + PAGE_PFN + Draw.hexDigits(pfn) + ORDER + (order > 9 ? 1 : 0);
    needed += lastColumns + SIZE + ZONE_WORD + 2 + block.zone().length();
    needed += 2 + block.migratetype().length() + (block.nid() < 0 ? 0 : NODE);
    needed += block.virt() == null ? NO_ADDRESS : VIRT + Draw.hexDigits(block.virt().value());
    boolean size = needed <= columns;
    needed -= size ? 0 : SIZE;
    boolean end = order > 0 && needed <= columns;
    needed -= end ? 0 : lastColumns;
    out.add("page pfn ").hex(pfn);
    if (end) {
      out.add("..").hex(last);
    }
    out.add("  order ").number(order);
    if (size) {
      out.add(", ").size(PAGE_BYTES << order);
    }
    place(block.nid(), block.zone(), needed <= columns, out);
    out.add("  ").add(block.migratetype());
    if (block.virt() == null) {
      out.add("  no address").line();
    } else {
      out.add("  virt ").hex(block.virt().value()).line();
    }
  }

  static void place(int nid, String zone, boolean zoneWord, Text out) {
    if (nid >= 0) {
      out.add("  node ").number(nid);
    }
    out.add(zoneWord ? "  zone " : "  ").add(zone);
  }

  static void frames(int pfn, int nrPages, Text out) {
    out.hex(pfn);
    if (nrPages > 1) {
      out.add("..").hex(pfn + nrPages - 1);
    }
  }

  static void freed(Freed freed, Text out) {
    int nrPages = freed.nrPages();
    frames(freed.pfn(), nrPages, out.add("freed pfn "));
    out.add("  ").number(nrPages).add(nrPages == 1 ? " page" : " pages");
    place(freed.nid(), freed.zone(), true, out);
    out.line();
  }
}
