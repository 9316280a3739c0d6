package kmemsh.render;

import kmemsh.text.Style;
import kmemsh.text.Text;
import kmemsh.view.GfpInfo;

/** A decoded GFP mask. */
final class GfpText {
  private static final int INDENT = 2;
  private static final int LABEL = 13;
  private static final int NAME = 22;
  private static final int VALUE = 9;
  private static final int WIDE = 72;

  private GfpText() {}

  static void render(GfpInfo gfp, Text out, int columns) {
    out.add(Style.HEAD, gfp.mask());
    if (!gfp.text().isEmpty()) {
      out.add(" = ");
      Draw.joined(gfp.text(), out, columns, INDENT);
    }
    out.line();
    for (GfpInfo.Bit bit : gfp.bits()) {
      bit(bit, out, columns);
    }
    fact("zones", zones(gfp), out, columns);
    fact("lists", gfp.migratetype(), out, columns);
    fact("may sleep", gfp.maySleep() ? "yes: process context only" : "no", out, columns);
    fact("reserves", gfp.reserves(), out, columns);
    for (String contradiction : gfp.contradictions()) {
      out.blanks(INDENT).add(Style.WRONG, "contradiction").add(": ");
      Draw.words(contradiction, out, columns, INDENT + 2);
      out.line();
    }
  }

  private static void bit(GfpInfo.Bit bit, Text out, int columns) {
    out.blanks(INDENT).right(bit.value(), VALUE - 1).add(' ').add(Style.NAME, bit.name());
    if (columns >= WIDE) {
      out.blanks(NAME - bit.name().length());
      Draw.words(bit.means(), out, columns, INDENT + VALUE + NAME);
    } else {
      out.line().blanks(INDENT + VALUE);
      Draw.words(bit.means(), out, columns, INDENT + VALUE);
    }
    out.line();
  }

  private static String zones(GfpInfo gfp) {
    StringBuilder zones = new StringBuilder();
    for (String zone : gfp.zones()) {
      zones.append(zones.length() == 0 ? "" : ", then ").append(zone);
    }
    return zones.length() == 0 ? "none of this machine" : zones.toString();
  }

  private static void fact(String name, String value, Text out, int columns) {
    out.blanks(INDENT).left(name, LABEL);
    Draw.words(value, out, columns, INDENT + LABEL);
    out.line();
  }
}
