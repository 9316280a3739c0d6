package kmemsh.capture;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kmemsh.view.SlabState;

/** Reads CACHE and KMCACHES lines, each from behind its first word. */
final class CachesReader {
  private static final int MAX_WORD = 256;
  private static final int MAX_CACHES = 1 << 20;
  private static final int LAST_TYPE = 2;
  private static final int MAX_INDEXES = 64;
  private static final long MAX_NUMBER = 1L << 40;
  private static final int NOT_A_MODE = -1;

  private final RecordingInput in;
  private List<SlabState.Cache> caches = new ArrayList<>();
  private List<int[]> kmalloc = new ArrayList<>();

  CachesReader(RecordingInput in) {
    this.in = in;
  }

  void clear() {
    caches = new ArrayList<>();
    kmalloc = new ArrayList<>();
  }

  List<SlabState.Cache> caches() {
    return caches;
  }

  /** Rows of a type and the cache numbers of its indexes, -1 where there is none. */
  List<int[]> kmalloc() {
    return kmalloc;
  }

  /** The rest of {@code CACHE <id> name= key=value ...}. */
  void readCache() throws BadRecording {
    in.blank();
    int id = in.number(MAX_CACHES);
    if (id != caches.size()) {
      throw in.bad("cache " + id + " comes out of order");
    }
    in.blank();
    in.key();
    String name = in.word(MAX_WORD);
    Map<String, Long> numbers = new LinkedHashMap<>();
    while (!in.atLineEnd()) {
      in.blank();
      String key = in.keyText(MAX_WORD);
      numbers.put(key, value(key));
    }
    in.endLine();
    caches.add(new SlabState.Cache(id, name, numbers));
  }

  private long value(String key) throws BadRecording {
    if (key.equals("flags") || key.equals("allocflags")) {
      return in.hex();
    } else if (key.equals("freelist")) {
      return freelistMode(in.word(MAX_WORD));
    }
    return in.signed(MAX_NUMBER);
  }

  private long freelistMode(String word) throws BadRecording {
    int mode =
        switch (word) {
          case "on" -> 0;
          case "obj" -> 1;
          case "off" -> 2;
          default -> NOT_A_MODE;
        };
    if (mode == NOT_A_MODE) {
      throw in.bad("'" + RecordingInput.shown(word) + "' is not one of on, obj, off");
    }
    return mode;
  }

  /** The rest of {@code KMCACHES <type> : <id> ...}. */
  void readKmalloc() throws BadRecording {
    in.blank();
    int type = in.number(LAST_TYPE);
    in.blank();
    in.expect(':');
    List<Integer> ids = new ArrayList<>();
    ids.add(type);
    while (!in.atLineEnd()) {
      in.blank();
      ids.add((int) in.signed(MAX_CACHES));
      if (ids.size() > MAX_INDEXES) {
        throw in.bad("a line of KMCACHES has at most " + MAX_INDEXES + " caches");
      }
    }
    in.endLine();
    kmalloc.add(ids.stream().mapToInt(Integer::intValue).toArray());
  }
}
