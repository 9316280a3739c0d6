package kmemsh.replay;

import java.util.List;
import java.util.Map;
import kmemsh.capture.BadRecording;
import kmemsh.capture.KmallocSection;
import kmemsh.machine.CacheGeometries;
import kmemsh.view.KmallocAnswer;
import kmemsh.view.ReplayReport;
import kmemsh.view.SlabState;

/**
 * Compares the kmalloc caches of a KMALLOC section with those the model would make, and asks it who
 * serves the sizes, up to a difference. A line holds up to the next one of the same mask, so both
 * ends of its range are asked.
 */
final class KmallocReplay {
  private static final int NR_TYPES = 3;
  private static final int NR_INDEXES = 14;

  private final CacheGeometries geometries;
  private long rows;
  private long compared;
  private ReplayReport.Difference difference;
  private KmallocAnswer last;
  private int lastMask;

  KmallocReplay(CacheGeometries geometries) {
    this.geometries = geometries;
  }

  long rows() {
    return rows;
  }

  long compared() {
    return compared;
  }

  /** The first difference, or null. */
  ReplayReport.Difference difference() {
    return difference;
  }

  void run(KmallocSection section, PageReplay.Cancel cancel) throws BadRecording {
    while (difference == null && !cancel.isCancelled() && section.next()) {
      rows = section.rows();
      if (rows == 1) {
        compareCaches(section);
      }
      if (last != null && lastMask == section.gfpMask()) {
        compare(section, last, section.bytes() - 1);
      }
      last = new KmallocAnswer(section.from(), section.ksizeBytes(), section.order());
      lastMask = section.gfpMask();
      compare(section, last, section.bytes());
    }
  }

  private void compareCaches(KmallocSection section) {
    for (int[] row : section.kmallocCaches()) {
      for (int i = 1; i < row.length && difference == null; i++) {
        if (row[i] >= 0) {
          compareCache(section, row[0], i - 1, row[i]);
        }
      }
    }
  }

  private void compareCache(KmallocSection section, int type, int index, int id) {
    if (type >= NR_TYPES || index >= NR_INDEXES || id >= section.caches().size()) {
      differ(section, "kmalloc cache", "CACHE " + id, "cache " + id, "no such cache");
      return;
    }
    SlabState.Cache cache = section.caches().get(id);
    String text = "CACHE " + id + " name=" + cache.name();
    String name = CacheGeometries.kmallocName(type, index);
    if (!name.equals(cache.name())) {
      differ(section, "name", text, cache.name(), name);
    }
    Map<String, Long> numbers = GeometryNumbers.of(geometries.kmallocCache(type, index));
    for (Map.Entry<String, Long> number : numbers.entrySet()) {
      Long expected = cache.numbers().get(number.getKey());
      compared++;
      if (expected != null && !expected.equals(number.getValue())) {
        differ(section, number.getKey(), text, expected.toString(), number.getValue().toString());
      }
    }
  }

  private void compare(KmallocSection section, KmallocAnswer expected, long bytes) {
    KmallocAnswer got = geometries.kmalloc(bytes, section.gfpMask());
    compared++;
    if (!expected.equals(got)) {
      String text = "KM " + Integer.toHexString(section.gfpMask()) + " " + section.bytes();
      differ(section, "kmalloc of " + bytes, text, shown(expected), shown(got));
    }
  }

  private void differ(
      KmallocSection section, String what, String text, String expected, String got) {
    if (difference == null) {
      difference =
          new ReplayReport.Difference(
              what, section.rows(), section.line(), text, expected, got, List.of(), List.of());
    }
  }

  private static String shown(KmallocAnswer answer) {
    String order = answer.order() < 0 ? "" : " order " + answer.order();
    return answer.from() + order + ", ksize " + answer.ksizeBytes();
  }
}
