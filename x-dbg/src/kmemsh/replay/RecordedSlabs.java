package kmemsh.replay;

import java.util.Locale;
import kmemsh.capture.RecordedMachine;
import kmemsh.machine.SlabOptions;

/** The object allocator's options on a recorded machine. */
final class RecordedSlabs {
  private static final int CACHE_LINE = 64;
  private static final int SLUB_MAX_ORDER = 3;
  private static final int HEX = 16;

  private RecordedSlabs() {}

  static SlabOptions options(RecordedMachine recorded) {
    return new SlabOptions(
        recorded.kernel().getOrDefault("alloc", "").toLowerCase(Locale.ROOT),
        number(recorded.machine().get("cache_line"), 10, CACHE_LINE),
        number(recorded.machine().get("totalram_pages"), 10, 0),
        number(recorded.slabConst().get("sizeof_kmem_cache"), 10, 0),
        number(recorded.slabConst().get("sizeof_kmem_cache_node"), 10, 0),
        false,
        SlabOptions.debug(number(recorded.slabConst().get("slub_debug"), HEX, 0)),
        number(recorded.slabConst().get("slab_max_order"), 10, -1),
        number(recorded.slabConst().get("slub_min_order"), 10, 0),
        number(recorded.slabConst().get("slub_max_order"), 10, SLUB_MAX_ORDER),
        number(recorded.slabConst().get("slub_min_objects"), 10, 0));
  }

  private static int number(String text, int radix, int absent) {
    if (text == null) {
      return absent;
    }
    try {
      return Integer.parseInt(text, radix);
    } catch (NumberFormatException e) {
      return absent;
    }
  }
}
