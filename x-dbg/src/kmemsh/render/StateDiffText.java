package kmemsh.render;

import java.util.List;
import kmemsh.text.Style;
import kmemsh.text.Text;
import kmemsh.view.StateDiff;

/**
 * What changed between two moments: {@code +} is there now, {@code -} was there before.
 *
 * <pre>
 *   zone Normal: free 218,219 -> 218,163 (-56), on per-CPU lists 0 -> 48
 *     order  3  - 0x1408 Unmovable
 *   cache task_struct: 1 slab, 4 objects in use (+4)
 *     + slab 0x14a0  slabs_partial
 * </pre>
 */
final class StateDiffText {
  private static final int MOST_BLOCKS = 24;
  private static final int MOST_MOVES = 12;

  private StateDiffText() {}

  static void render(StateDiff diff, Text out, int columns) {
    String since = diff.since().isEmpty() ? "boot" : diff.since();
    int nr = diff.now() - diff.from();
    out.add("since ").add(Style.NAME, since).add(" (at ").number(diff.from()).add("): ");
    out.add(Draw.count(nr, "operation")).line();
    if (diff.rebooted()) {
      out.add("the machine was rebooted on the way: nothing can be compared").line();
      return;
    }
    if (diff.zones().isEmpty() && diff.caches().isEmpty() && diff.areas().isEmpty()) {
      out.add("nothing in free lists, per-CPU lists, caches or areas is different").line();
    }
    for (StateDiff.Zone zone : diff.zones()) {
      zone(zone, out, columns);
    }
    for (StateDiff.Cache cache : diff.caches()) {
      cache(cache, out, columns);
    }
    if (!diff.areas().isEmpty()) {
      out.add("vmalloc areas").line();
    }
    int shown = Math.min(diff.areas().size(), MOST_MOVES);
    for (int i = 0; i < shown; i++) {
      area(diff.areas().get(i), out);
    }
    more(diff.areas().size() - shown, "area", out);
  }

  private static void zone(StateDiff.Zone zone, Text out, int columns) {
    out.add("zone ").add(Style.NAME, Draw.zone(zone.nid(), zone.zone())).add(": ");
    StringBuilder head = new StringBuilder("free ");
    change(zone.freeBefore(), zone.freeAfter(), head);
    head.append(", on per-CPU lists ");
    change(zone.pcpBefore(), zone.pcpAfter(), head);
    Draw.words(head.toString(), out, columns, 2);
    out.line();
    List<StateDiff.Block> blocks = zone.blocks();
    int shown = Math.min(blocks.size(), MOST_BLOCKS);
    for (int i = 0; i < shown; i++) {
      StateDiff.Block block = blocks.get(i);
      out.add("  order ").number(block.order(), 2).add("  ");
      out.add(block.came() ? Style.FREE : Style.CHANGED, block.came() ? "+" : "-");
      out.add(" ").add(Draw.hex(block.pfn())).add(" ").add(block.migratetype()).line();
    }
    more(blocks.size() - shown, "block", out);
  }

  private static void cache(StateDiff.Cache cache, Text out, int columns) {
    out.add("cache ").add(Style.NAME, cache.name()).add(": ");
    StringBuilder head = new StringBuilder();
    if (cache.slabsBefore() < 0) {
      head.append("new, ").append(Draw.count(cache.slabsAfter(), "slab"));
    } else if (cache.slabsAfter() < 0) {
      head.append("gone");
    } else {
      head.append("slabs ");
      change(cache.slabsBefore(), cache.slabsAfter(), head);
    }
    head.append(", objects in use ");
    change(cache.usedBefore(), cache.usedAfter(), head);
    Draw.words(head.toString(), out, columns, 2);
    out.line();
    int shown = Math.min(cache.moves().size(), MOST_MOVES);
    for (int i = 0; i < shown; i++) {
      move(cache.moves().get(i), out);
    }
    more(cache.moves().size() - shown, "slab", out);
  }

  private static void move(StateDiff.Move move, Text out) {
    boolean made = move.from().isEmpty();
    boolean gone = move.to().isEmpty();
    out.add("  ").add(gone ? Style.CHANGED : Style.FREE, made ? "+" : gone ? "-" : ">");
    out.add(" slab ").add(Draw.hex(move.pfn())).add("  ");
    out.add(made ? move.to() : gone ? move.from() : move.from() + " -> " + move.to()).line();
  }

  private static void area(StateDiff.Area area, Text out) {
    out.add("  ").add(area.came() ? Style.FREE : Style.CHANGED, area.came() ? "+ " : "- ");
    out.add(Draw.hex(area.start().value())).add("..").add(Draw.hex(area.end().value() - 1));
    out.add(area.caller().isEmpty() ? "" : "  " + area.caller()).line();
  }

  private static void more(int nr, String what, Text out) {
    if (nr > 0) {
      out.add("  ... and ").add(Draw.count(nr, "more " + what)).line();
    }
  }

  private static void change(long before, long after, StringBuilder out) {
    out.append(Draw.grouped(before));
    if (before != after) {
      out.append(" -> ").append(Draw.grouped(after)).append(" (");
      out.append(after > before ? "+" : "-").append(Draw.grouped(Math.abs(after - before)));
      out.append(')');
    }
  }
}
