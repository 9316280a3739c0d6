package kmemsh.render;

import kmemsh.text.Style;
import kmemsh.text.Text;
import kmemsh.view.FreeListInfo;
import kmemsh.view.PcpInfo;

/** Free lists and per-CPU lists, head first. */
final class ListText {
  private static final int TYPE_COLUMNS = 11;
  private static final int COUNT_COLUMNS = 7;
  private static final int WIDE = 60;
  private static final int HANG = 26;
  private static final int NARROW_HANG = 4;
  private static final int MOST_ITEMS = 12;

  /** With more page sets than these, those that are empty are only counted. */
  private static final int MOST_EMPTY = 4;

  private ListText() {}

  static void freeLists(FreeListInfo info, Text out, int columns) {
    if (info.lists().isEmpty()) {
      out.add("no free block there").line();
      return;
    }
    String zone = "";
    for (FreeListInfo.FreeList list : info.lists()) {
      String name = Draw.zone(list.nid(), list.zone());
      if (!name.equals(zone)) {
        zone = name;
        out.add(Style.NAME, zone).add(", head of each list first").line();
        head(out);
      }
      int most = info.all() ? Integer.MAX_VALUE : MOST_ITEMS;
      list(list.order(), list.migratetype(), list.pfns(), most, out, columns);
    }
  }

  private static void head(Text out) {
    out.add(Style.HEAD, "order type         blocks  pfn").line();
  }

  private static void list(
      int order, String migratetype, int[] pfns, int most, Text out, int columns) {
    out.number(order, 5).add(' ').left(migratetype, TYPE_COLUMNS).add(' ');
    out.grouped(pfns.length, COUNT_COLUMNS);
    int hang = columns < WIDE ? NARROW_HANG : HANG;
    if (hang == HANG) {
      out.add("  ");
    } else {
      out.line().blanks(hang);
    }
    Draw.frames(pfns, most, out, columns, hang);
  }

  static void pageSets(PcpInfo info, Text out, int columns) {
    int empty = 0;
    for (PcpInfo.PageSet set : info.sets()) {
      if (set.count() == 0 && info.sets().size() > MOST_EMPTY) {
        empty++;
        continue;
      }
      String name = Draw.zone(set.nid(), set.zone()) + ", cpu " + set.cpu();
      String head =
          Draw.count(set.count(), "page")
              + ", drains at "
              + Draw.grouped(set.high())
              + ", refills "
              + set.batch()
              + (set.freeFactor() == 0 ? "" : ", free factor " + set.freeFactor());
      out.add(Style.NAME, name).add(": ");
      Draw.words(head, out, columns, 2);
      out.line();
      if (!set.lists().isEmpty()) {
        head(out);
      }
      int most = info.all() ? Integer.MAX_VALUE : MOST_ITEMS;
      for (PcpInfo.PcpList list : set.lists()) {
        list(list.order(), list.migratetype(), list.pfns(), most, out, columns);
      }
    }
    if (empty > 0) {
      out.add(Draw.count(empty, "empty page set")).add(" not shown").line();
    }
  }
}
