package kmemsh.capture;

import java.util.ArrayList;
import java.util.List;
import kmemsh.view.VmapState;

/**
 * The records of a VMALLOC section, one after the other. This object is the cursor: {@link #next}
 * moves it, and the fields of an operation are read from it.
 *
 * <pre>
 *   operation     api  bytes  address      arrayAddress  lazyPages
 *   TAKE  va       x     x    0: failed    0: none           x
 *   GIVE  vf       x              x                          x
 *   FLUSH vunmap_aliases                                     x
 * </pre>
 */
public final class VmallocSection {
  /** The section is over. */
  public static final int END = 0;

  public static final int TAKE = 1;
  public static final int GIVE = 2;
  public static final int FLUSH = 3;

  /** Lists of areas: what there is at the start, or a checkpoint. */
  public static final int AREAS = 4;

  public static final int API_VMALLOC = 0;
  public static final int API_VZALLOC = 1;
  public static final int API_VMAP = 3;
  public static final int API_IOREMAP = 4;

  private static final int MAX_WORD = 64;
  private static final long MAX_PAGES = 1L << 34;
  private static final long MAX_BYTES = 1L << 40;
  private static final int MAX_AREAS = 1 << 20;
  private static final int MAX_DEPTH = 64;
  private static final int LAZY = RecordingInput.keyOf("lazy");
  private static final int LAZY_MAX = RecordingInput.keyOf("lazy_max");
  private static final int ARR = RecordingInput.keyOf("arr");

  private final RecordingReader reader;
  private final RecordingInput in;
  private final int lastPfn;
  private boolean over;
  private boolean inCheckpoint;
  private long operations;
  private long line;
  private int api;
  private long bytes;
  private long address;
  private long arrayAddress;
  private long lazyPages;
  private VmapState areas;
  private int record;

  VmallocSection(RecordingReader reader, RecordingInput in) {
    this.reader = reader;
    this.in = in;
    this.lastPfn = reader.machine().maxPfn() - 1;
  }

  /** Moves to the next record and says what it is; END again and again at the end. */
  public int next() throws BadRecording {
    if (over) {
      return END;
    }
    in.skipComments();
    line = in.line();
    String tag = in.word(MAX_WORD);
    switch (tag) {
      case "va" -> readTake();
      case "vf" -> readGive();
      case "vunmap_aliases" -> {
        in.blank();
        readLazy();
        in.endLine();
        record = FLUSH;
      }
      case "VCK" -> readCheckpoint();
      case "VB", "VF", "VP", "VL" -> readAreas(tag);
      case "END" -> {
        reader.readEnd("VMALLOC");
        over = true;
        record = END;
      }
      default -> throw reader.notARecord(tag, "a VMALLOC section");
    }
    return record;
  }

  private void readTake() throws BadRecording {
    record = TAKE;
    operations++;
    readApi();
    in.blank();
    bytes = in.decimal(MAX_BYTES);
    in.blank();
    address = 0;
    if (in.peek() == '-') {
      in.expect('-');
    } else {
      address = in.hex();
    }
    in.blank();
    readLazy();
    arrayAddress = 0;
    while (!in.atLineEnd()) {
      in.blank();
      if (in.peek() == 'p') {
        in.expect('p');
        in.expect('f');
        in.expect('n');
        in.expect('s');
        in.expect(':');
        in.runs(0, lastPfn, MAX_AREAS);
        return;
      }
      if (in.key() != ARR) {
        throw in.bad("a va line has no key but arr= and pfns: behind lazy=");
      }
      arrayAddress = in.hex();
    }
    in.endLine();
  }

  private void readGive() throws BadRecording {
    record = GIVE;
    operations++;
    readApi();
    in.blank();
    address = in.hex();
    in.blank();
    readLazy();
    in.endLine();
  }

  private void readApi() throws BadRecording {
    in.blank();
    api = in.number(API_IOREMAP);
    if (api == 2) {
      throw in.bad("there is no vmalloc call number 2");
    }
  }

  private void readLazy() throws BadRecording {
    if (in.key() != LAZY) {
      throw in.bad("lazy= is missing");
    }
    lazyPages = in.decimal(MAX_PAGES);
  }

  private void readCheckpoint() throws BadRecording {
    in.blank();
    in.decimal(MAX_BYTES);
    in.endLine();
    inCheckpoint = true;
    readAreas(in.tag(MAX_WORD));
    inCheckpoint = false;
    String end = in.tag(MAX_WORD);
    if (!end.equals("ENDVCK")) {
      throw reader.notARecord(end, "a VCK list");
    }
    in.endLine();
  }

  /** Reads lists up to their VL line; {@code first} has been read. */
  private void readAreas(String first) throws BadRecording {
    record = AREAS;
    List<long[]> busy = new ArrayList<>();
    List<long[]> free = new ArrayList<>();
    List<long[]> lazy = new ArrayList<>();
    String tag = first;
    while (!tag.equals("VL")) {
      List<long[]> list =
          switch (tag) {
            case "VB" -> busy;
            case "VF" -> free;
            case "VP" -> lazy;
            default ->
                throw reader.notARecord(tag, inCheckpoint ? "a VCK list" : "a list of areas");
          };
      if (list.size() == MAX_AREAS) {
        throw in.bad("there are more areas than a machine can have");
      }
      list.add(readRange(tag));
      tag = in.tag(MAX_WORD);
    }
    in.blank();
    readLazy();
    in.blank();
    if (in.key() != LAZY_MAX) {
      throw in.bad("lazy_max= is missing");
    }
    long lazyMax = in.decimal(MAX_PAGES);
    in.endLine();
    areas = new VmapState(rows(busy), rows(free), rows(lazy), lazyPages, lazyMax);
  }

  private static long[][] rows(List<long[]> list) {
    return list.toArray(new long[0][]);
  }

  private long[] readRange(String tag) throws BadRecording {
    in.blank();
    long start = in.hex();
    in.blank();
    long end = in.hex();
    if (Long.compareUnsigned(start, end) >= 0) {
      throw in.bad(Long.toHexString(start) + " is not below the end " + Long.toHexString(end));
    }
    long[] row = {start, end, 0, 0};
    if (tag.equals("VB")) {
      in.blank();
      row[2] = in.hex();
      in.blank();
      row[3] = in.mask();
    } else if (tag.equals("VF")) {
      in.blank();
      row[2] = in.number(MAX_DEPTH);
      in.blank();
      row[3] = in.peek() == 'r' ? 1 : 0;
      in.expect(row[3] != 0 ? 'r' : 'b');
    }
    in.endLine();
    return row;
  }

  /** Operations so far, the present one included. */
  public long operations() {
    return operations;
  }

  /** The line the present record begins on. */
  public long line() {
    return line;
  }

  /** Whether the operation takes an area, else it gives one back. */
  public boolean isTake() {
    return record == TAKE;
  }

  /** Which call: one of the API constants. */
  public int api() {
    return api;
  }

  /** Bytes that were asked for. */
  public long bytes() {
    return bytes;
  }

  /** The address that came back, 0 for failure, or the one that is given back. */
  public long address() {
    return address;
  }

  /** The area of the area's array of pages, or 0. */
  public long arrayAddress() {
    return arrayAddress;
  }

  /** Pages that wait for a purge after the operation. */
  public long lazyPages() {
    return lazyPages;
  }

  public VmapState areas() {
    return areas;
  }

  /** The operation as the recording writes it, without its list of frames. */
  public String text() {
    String lazy = " lazy=" + lazyPages;
    return switch (record) {
      case TAKE ->
          "va "
              + api
              + " "
              + bytes
              + " "
              + shown(address)
              + lazy
              + (arrayAddress == 0 ? "" : " arr=" + shown(arrayAddress));
      case GIVE -> "vf " + api + " " + shown(address) + lazy;
      case FLUSH -> "vunmap_aliases" + lazy;
      default -> "areas";
    };
  }

  /** An address as recordings write it. */
  public static String shown(long address) {
    return address == 0 ? "-" : Long.toHexString(address);
  }
}
