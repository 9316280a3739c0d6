package kmemsh.render;

import kmemsh.text.Style;
import kmemsh.text.Text;
import kmemsh.view.Frame;
import kmemsh.view.PageInfo;
import kmemsh.view.WhatIs;

/** What an address or a frame number means. */
final class WhatIsText {
  private static final int INDENT = 2;

  private WhatIsText() {}

  static void render(WhatIs what, Text out, int columns) {
    String asked = (what.isPfn() ? "pfn " : "") + Draw.hex(what.asked().value());
    out.add(Style.HEAD, asked).add(": ");
    PageInfo page = what.page();
    if (page == null) {
      Draw.words(what.region() + ", no frame behind it", out, columns, INDENT);
      out.line();
      return;
    }
    Draw.words(where(what), out, columns, INDENT);
    out.line();
    sentence(Frames.describe(page.frame()) + place(what), out, columns);
    if (what.isPfn() && !what.region().isEmpty()) {
      sentence(what.region(), out, columns);
    }
    String zone = page.zone().isEmpty() ? "no zone" : "zone " + Draw.zone(page.nid(), page.zone());
    String block = ", pageblock " + Draw.hex(page.pageblock()) + " " + page.pageblockType();
    sentence(zone + (page.zone().isEmpty() ? "" : block), out, columns);
    neighbour("below ", what.before(), out, columns);
    neighbour("above ", what.after(), out, columns);
  }

  private static String where(WhatIs what) {
    PageInfo page = what.page();
    if (what.isPfn()) {
      String virt = page.virt() == null ? "no address" : "virt " + Draw.hex(page.virt().value());
      return "phys " + Draw.hex(page.phys().value()) + ", " + virt;
    }
    return what.region()
        + ", pfn "
        + Draw.hex(page.frame().pfn())
        + (what.offset() == 0 ? "" : " + " + Draw.hex(what.offset()))
        + ", phys "
        + Draw.hex(page.phys().value() + what.offset());
  }

  private static String place(WhatIs what) {
    if (what.place() < 0) {
      return "";
    }
    return what.place() == 0
        ? ", at its head"
        : ", number " + (what.place() + 1) + " from its head";
  }

  private static void neighbour(String side, Frame frame, Text out, int columns) {
    if (frame != null) {
      sentence(side + Draw.hex(frame.pfn()) + ": " + Frames.describe(frame), out, columns);
    }
  }

  private static void sentence(String words, Text out, int columns) {
    Draw.words(words, out.blanks(INDENT), columns, INDENT + 2);
    out.line();
  }
}
