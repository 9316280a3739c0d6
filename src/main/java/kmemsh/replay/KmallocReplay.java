package kmemsh.replay;

import java.util.List;
import kmemsh.capture.BadRecording;
import kmemsh.capture.KmallocSection;
import kmemsh.machine.CacheGeometries;
import kmemsh.view.KmallocAnswer;
import kmemsh.view.ReplayReport;

/**
 * Asks the model who serves the sizes of a KMALLOC section, up to a difference. A line holds up to
 * the next one of the same mask, so both ends of its range are asked.
 */
final class KmallocReplay {
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
      if (last != null && lastMask == section.gfpMask()) {
        compare(section, last, section.bytes() - 1);
      }
      last = new KmallocAnswer(section.from(), section.ksizeBytes(), section.order());
      lastMask = section.gfpMask();
      compare(section, last, section.bytes());
    }
  }

  private void compare(KmallocSection section, KmallocAnswer expected, long bytes) {
    KmallocAnswer got = geometries.kmalloc(bytes, section.gfpMask());
    compared++;
    if (difference == null && !expected.equals(got)) {
      difference =
          new ReplayReport.Difference(
              "kmalloc of " + bytes,
              section.rows(),
              section.line(),
              "KM " + Integer.toHexString(section.gfpMask()) + " " + section.bytes(),
              shown(expected),
              shown(got),
              List.of(),
              List.of());
    }
  }

  private static String shown(KmallocAnswer answer) {
    String order = answer.order() < 0 ? "" : " order " + answer.order();
    return answer.from() + order + ", ksize " + answer.ksizeBytes();
  }
}
