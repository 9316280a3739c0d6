package kmemsh.render;

import kmemsh.text.Style;
import kmemsh.text.Text;
import kmemsh.view.AddressResult;
import kmemsh.view.Drained;
import kmemsh.view.NullResult;
import kmemsh.view.PageAddress;

/** The answers of kernel calls that are neither a block of pages nor a free: one line each. */
final class OtherCallText {
  private OtherCallText() {}

  static void address(AddressResult address, Text out, int columns) {
    int nrPages = address.nrPages();
    out.add("virt ").hex(address.virt().value());
    out.add("  ").number(nrPages).add(nrPages == 1 ? " page, " : " pages, ");
    out.size(nrPages * CallText.PAGE_BYTES);
    CallText.frames(address.pfn(), nrPages, out.add("  pfn "));
    int zoneColumns =
        2 + CallText.ZONE_WORD + address.zone().length() + (address.nid() < 0 ? 0 : CallText.NODE);
    boolean fits = Draw.column(out) + zoneColumns <= columns;
    CallText.place(address.nid(), address.zone(), fits, out);
    out.line();
  }

  static void pageAddress(PageAddress address, Text out) {
    if (address.virt() == null) {
      out.add(Style.CHANGED, "NULL").add(": pfn ").hex(address.pfn());
      out.add(" is ").add(address.zone()).add(" and not mapped").line();
    } else {
      out.add("virt ").hex(address.virt().value()).add("  pfn ").hex(address.pfn()).line();
    }
  }

  static void drained(Drained drained, Text out) {
    out.add("drained ");
    if (drained.cpu() < 0) {
      out.add("all CPUs: ");
    } else {
      out.add("cpu ").number(drained.cpu()).add(": ");
    }
    out.number(drained.nrPages()).add(drained.nrPages() == 1 ? " page" : " pages").line();
  }

  static void nothing(NullResult nothing, Text out, int columns) {
    String mask = nothing.gfp().isEmpty() ? "gfp 0:" : nothing.gfp() + ":";
    out.add(Style.CHANGED, "NULL").add(": order ").number(nothing.order()).add(',');
    if (Draw.column(out) + 1 + mask.length() > columns) {
      out.line().add(' ');
    }
    Draw.joined(mask, out.add(' '), columns, 2);
    Draw.words(" " + nothing.reason(), out, columns, 2);
    out.line();
  }
}
