package kmemsh.replay;

import java.util.LinkedHashMap;
import java.util.Map;
import kmemsh.view.CacheGeometry;

/** A cache's geometry by the keys of a CACHE line. */
final class GeometryNumbers {
  private GeometryNumbers() {}

  static Map<String, Long> of(CacheGeometry geometry) {
    Map<String, Long> numbers = new LinkedHashMap<>();
    put(numbers, "osize", geometry.objectSize());
    put(numbers, "size", geometry.size());
    put(numbers, "align", geometry.align());
    numbers.put("flags", geometry.flags() & 0xffffffffL);
    if (geometry instanceof CacheGeometry.Slab slab) {
      put(numbers, slab);
    } else if (geometry instanceof CacheGeometry.Slub slub) {
      put(numbers, slub);
    }
    return numbers;
  }

  private static void put(Map<String, Long> numbers, String key, int number) {
    numbers.put(key, (long) number);
  }

  private static void put(Map<String, Long> numbers, CacheGeometry.Slab slab) {
    put(numbers, "num", slab.num());
    put(numbers, "order", slab.order());
    put(numbers, "allocflags", slab.allocFlags());
    put(numbers, "colour", slab.colour());
    put(numbers, "colour_off", slab.colourOff());
    put(numbers, "freelist_size", slab.freelistSize());
    put(numbers, "limit", slab.limit());
    put(numbers, "batch", slab.batchcount());
    put(numbers, "shared", slab.shared());
  }

  private static void put(Map<String, Long> numbers, CacheGeometry.Slub slub) {
    put(numbers, "objs", slub.objects());
    put(numbers, "order", slub.order());
    put(numbers, "min_objs", slub.minObjects());
    put(numbers, "min_order", slub.minOrder());
    put(numbers, "allocflags", slub.allocFlags());
    put(numbers, "inuse", slub.inuse());
    put(numbers, "offset", slub.offset());
    put(numbers, "red_left_pad", slub.redLeftPad());
    put(numbers, "min_partial", slub.minPartial());
    put(numbers, "cpu_partial", slub.cpuPartial());
    put(numbers, "cpu_partial_slabs", slub.cpuPartialSlabs());
  }
}
