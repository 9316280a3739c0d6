package kmemsh.capture;

import java.util.List;
import kmemsh.view.SlabState;

/**
 * The KM lines of a KMALLOC section, one after the other. This object is the cursor: {@link #next}
 * moves it, and what a line says is read from it.
 */
public final class KmallocSection {
  private static final int MAX_WORD = 64;
  private static final int KSIZE = RecordingInput.keyOf("ksize");
  private static final int ORDER = RecordingInput.keyOf("order");

  private final RecordingReader reader;
  private final RecordingInput in;
  private final CachesReader caches;
  private boolean over;
  private long rows;
  private long line;
  private int gfpMask;
  private long bytes;
  private long ksizeBytes;
  private String from;
  private int order;

  KmallocSection(RecordingReader reader, RecordingInput in) {
    this.reader = reader;
    this.in = in;
    this.caches = new CachesReader(in);
  }

  /** Moves to the next line; false when the section is over. */
  public boolean next() throws BadRecording {
    while (!over) {
      in.skipComments();
      line = in.line();
      String tag = in.word(MAX_WORD);
      switch (tag) {
        case "KM" -> {
          readRow();
          return true;
        }
        case "CACHE" -> caches.readCache();
        case "KMCACHES" -> caches.readKmalloc();
        case "END" -> {
          reader.readEnd("KMALLOC");
          over = true;
        }
        default -> throw reader.notARecord(tag, "a KMALLOC section");
      }
    }
    return false;
  }

  private void readRow() throws BadRecording {
    in.blank();
    gfpMask = in.mask();
    in.blank();
    bytes = in.decimal(1L << 40);
    in.blank();
    if (in.key() != KSIZE) {
      throw in.bad("a KM line has ksize= behind the size");
    }
    ksizeBytes = in.decimal(1L << 40);
    in.blank();
    from = in.word(MAX_WORD);
    order = -1;
    if (!in.atLineEnd()) {
      in.blank();
      if (in.key() != ORDER) {
        throw in.bad("a KM line has order= at its end");
      }
      order = in.number(StateReader.NR_ORDERS - 1);
    }
    in.endLine();
    rows++;
  }

  /** The caches listed so far, by number. */
  public List<SlabState.Cache> caches() {
    return caches.caches();
  }

  /** Rows of a kmalloc type and the cache numbers of its indexes, -1 where there is none. */
  public List<int[]> kmallocCaches() {
    return caches.kmalloc();
  }

  /** Lines so far, the present one included. */
  public long rows() {
    return rows;
  }

  public long line() {
    return line;
  }

  public int gfpMask() {
    return gfpMask;
  }

  /** The size from which on the line holds. */
  public long bytes() {
    return bytes;
  }

  public long ksizeBytes() {
    return ksizeBytes;
  }

  /** The cache's name, or pages, slob, ZERO_SIZE_PTR, fail. */
  public String from() {
    return from;
  }

  /** The order of the page block, or -1. */
  public int order() {
    return order;
  }
}
