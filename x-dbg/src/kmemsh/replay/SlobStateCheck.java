package kmemsh.replay;

import java.util.BitSet;
import java.util.List;
import kmemsh.view.SlabState.SlobPage;

/** Whether recorded pages of SLOB's heap are ones that a machine can have. */
final class SlobStateCheck {
  private static final int PAGE_UNITS = 2048;

  private SlobStateCheck() {}

  /** What is wrong with {@code pages}, or empty. */
  static String problem(List<SlobPage> pages) {
    BitSet seen = new BitSet();
    for (SlobPage page : pages) {
      String problem = seen.get(page.pfn()) ? "it is listed twice" : problem(page);
      if (!problem.isEmpty()) {
        return "page of the heap, pfn " + page.pfn() + ": " + problem;
      }
      seen.set(page.pfn());
    }
    return "";
  }

  private static String problem(SlobPage page) {
    int end = -1;
    int units = 0;
    for (int i = 0; i < page.offsets().length; i++) {
      int offset = page.offsets()[i];
      int length = page.lengths()[i];
      if (offset <= end || length < 1 || offset + length > PAGE_UNITS) {
        return "its free block " + offset + "+" + length + " cannot be";
      }
      end = offset + length;
      units += length;
    }
    if (units != page.units()) {
      return "units=" + page.units() + " should be " + units;
    }
    return units >= 1 && units < PAGE_UNITS
        ? ""
        : "a page with " + units + " free units is on a list";
  }
}
