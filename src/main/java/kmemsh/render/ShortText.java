package kmemsh.render;

import kmemsh.text.Style;
import kmemsh.text.Text;
import kmemsh.view.CpuInfo;
import kmemsh.view.Drained;
import kmemsh.view.PageAddress;
import kmemsh.view.ReplayReport;
import kmemsh.view.Replayed;

/** Answers of a line or two that belong to no picture. */
final class ShortText {
  private ShortText() {}

  /** Appends {@code record}; false when it is none of these, and nothing is appended. */
  static boolean render(Object record, Text out) {
    if (record instanceof CpuInfo info) {
      out.add("what follows runs on cpu ").number(info.cpu());
      out.add(" of node ").number(info.nid()).line();
    } else if (record instanceof Drained drained) {
      out.number(drained.nrPages()).add(drained.nrPages() == 1 ? " page" : " pages");
      out.add(" back to the buddy lists from ");
      if (drained.cpu() < 0) {
        out.add("all CPUs").line();
      } else {
        out.add("cpu ").number(drained.cpu()).line();
      }
    } else if (record instanceof PageAddress page) {
      address(page, out);
    } else if (record instanceof Replayed replayed) {
      for (ReplayReport file : replayed.files()) {
        ReplayText.report(file, out);
      }
    } else {
      return false;
    }
    return true;
  }

  private static void address(PageAddress page, Text out) {
    if (page.virt() == null) {
      out.add(Style.CHANGED, "NULL").add(": pfn ").hex(page.pfn());
      out.add(" is HighMem: it has an address only while kmap maps it").line();
    } else {
      out.add("virt ").hex(page.virt().value()).add("  pfn ").hex(page.pfn()).line();
    }
  }
}
