package kmemsh.replay;

import java.util.List;
import java.util.Locale;
import kmemsh.capture.BadRecording;
import kmemsh.capture.GeomSection;
import kmemsh.machine.CacheGeometries;
import kmemsh.view.CacheGeometry;
import kmemsh.view.ReplayReport;

/** Computes the geometry of each row of a GEOM section and compares it, up to a difference. */
final class GeometryReplay {
  private final CacheGeometries geometries;
  private long rows;
  private long compared;
  private ReplayReport.Difference difference;

  GeometryReplay(CacheGeometries geometries) {
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

  void run(GeomSection section, PageReplay.Cancel cancel) throws BadRecording {
    while (difference == null && !cancel.isCancelled() && section.next()) {
      rows = section.rows();
      int size = section.number("req_size", 10);
      int align = section.number("req_align", 10);
      int flags = section.number("req_flags", 16);
      boolean ctor = section.number("ctor", 10) != 0;
      compare(section, geometries.cache("", size, align, flags, ctor));
    }
  }

  private void compare(GeomSection section, CacheGeometry got) {
    for (int column = 0; column < section.nrValues() && difference == null; column++) {
      String name = section.columns().get(column);
      if (name.startsWith("req_") || name.equals("ctor")) {
        continue;
      }
      String expected = section.value(column);
      String value = value(got, name);
      compared++;
      if (expected.equals("-") && value.equals("0")) {
        continue;
      }
      if (!expected.equals(value)) {
        difference = difference(section, name, expected, value);
      }
      if (name.equals("err") && !expected.equals("0")) {
        return;
      }
    }
  }

  private static ReplayReport.Difference difference(
      GeomSection section, String name, String expected, String got) {
    StringBuilder row = new StringBuilder("G");
    for (int i = 0; i < section.nrValues(); i++) {
      row.append(',').append(section.value(i));
    }
    return new ReplayReport.Difference(
        name, section.rows(), section.line(), row.toString(), expected, got, List.of(), List.of());
  }

  /** The value of a column of GH. */
  private static String value(CacheGeometry geometry, String column) {
    return switch (column) {
      case "err" -> Integer.toString(geometry.error());
      case "object_size" -> Integer.toString(geometry.objectSize());
      case "size" -> Integer.toString(geometry.size());
      case "align" -> Integer.toString(geometry.align());
      case "flags" -> Integer.toHexString(geometry.flags());
      default -> ownValue(geometry, column);
    };
  }

  private static String ownValue(CacheGeometry geometry, String column) {
    if (geometry instanceof CacheGeometry.Slab slab) {
      return slabValue(slab, column);
    }
    if (geometry instanceof CacheGeometry.Slub slub) {
      return slubValue(slub, column);
    }
    return "no such column";
  }

  private static String slabValue(CacheGeometry.Slab slab, String column) {
    return switch (column) {
      case "num" -> Integer.toString(slab.num());
      case "order" -> Integer.toString(slab.order());
      case "colour" -> Integer.toString(slab.colour());
      case "colour_off" -> Integer.toString(slab.colourOff());
      case "freelist_size" -> Integer.toString(slab.freelistSize());
      case "freelist" -> slab.freelist().name().toLowerCase(Locale.ROOT);
      case "limit" -> Integer.toString(slab.limit());
      case "batchcount" -> Integer.toString(slab.batchcount());
      case "shared" -> Integer.toString(slab.shared());
      case "free_limit" -> Integer.toString(slab.freeLimit());
      default -> "no such column";
    };
  }

  private static String slubValue(CacheGeometry.Slub slub, String column) {
    return switch (column) {
      case "objects" -> Integer.toString(slub.objects());
      case "order" -> Integer.toString(slub.order());
      case "min_objects" -> Integer.toString(slub.minObjects());
      case "min_order" -> Integer.toString(slub.minOrder());
      case "inuse" -> Integer.toString(slub.inuse());
      case "offset" -> Integer.toString(slub.offset());
      case "red_left_pad" -> Integer.toString(slub.redLeftPad());
      case "allocflags" -> Integer.toHexString(slub.allocFlags());
      case "min_partial" -> Integer.toString(slub.minPartial());
      case "cpu_partial" -> Integer.toString(slub.cpuPartial());
      case "cpu_partial_slabs" -> Integer.toString(slub.cpuPartialSlabs());
      default -> "no such column";
    };
  }
}
