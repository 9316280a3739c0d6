package kmemsh.capture;

import java.util.Arrays;

/**
 * The records of a COMPACT or CMA section, one after the other. This object is the cursor: {@link
 * #next} moves it, and the fields of a record are read from it.
 *
 * <pre>
 *   record       fields
 *   ALLOC        order gfpMask pfn; isMovable for am
 *   FREE         order pfn
 *   RUN          zone order gfpMask prio highest
 *   ISOLATED     pfns
 *   PUT_BACK     pfns
 *   MOVED        pfns, to
 *   RESULT       result, pfn of a captured block or NO_PFN
 *   POSITIONS    zone, positions
 *   SKIPS        zone, pfns
 *   COMPOUNDS    zone, order, pfns
 *   AREA         base, count, order: 1 << order pages to a bit; pfns are the bits that are set
 *   CONTIG       count, order: its alignment
 *   CONTIG_END   pfn
 *   RELEASE      pfn count
 * </pre>
 */
public final class CompactSection {
  /** The section is over. */
  public static final int END = 0;

  public static final int STATE = 1;
  public static final int CHECKPOINT = 2;
  public static final int ALLOC = 3;
  public static final int FREE = 4;
  public static final int RUN = 5;
  public static final int ISOLATED = 6;
  public static final int PUT_BACK = 7;
  public static final int MOVED = 8;
  public static final int RESULT = 9;
  public static final int POSITIONS = 10;
  public static final int SKIPS = 11;
  public static final int COMPOUNDS = 12;
  public static final int AREA = 13;
  public static final int CONTIG = 14;
  public static final int CONTIG_END = 15;
  public static final int RELEASE = 16;

  /** What {@link #pfn} gives for NULL. */
  public static final int NO_PFN = -1;

  /** Of a zone's positions: both of the migration scanner, free, both restarts, flush. */
  public static final int NR_POSITIONS = 6;

  private static final int MAX_WORD = 64;
  private static final int MAX_RESULT = 16;
  private static final int MAX_ALIGN = 20;
  private static final int FLUSH = RecordingInput.keyOf("flush");
  private static final int CAPTURE = RecordingInput.keyOf("capture");

  private final String kind;
  private final RecordingReader reader;
  private final RecordingInput in;
  private final StateReader states;
  private final CheckpointReader checkpoints;
  private final int lastPfn;

  private RecordedState state;
  private RecordedCheckpoint checkpoint;
  private final int[] positions = new int[NR_POSITIONS];
  private int[] pfns = {};
  private int[] to = {};
  private boolean movable;
  private int zone;
  private int order;
  private int gfpMask;
  private int prio;
  private int highest;
  private int pfn;
  private int base;
  private int count;
  private int result;
  private long operations;
  private long line;
  private boolean over;

  CompactSection(
      String kind, RecordingReader reader, RecordingInput in, StateReader.Kernel kernel) {
    this.kind = kind;
    this.reader = reader;
    this.in = in;
    states = new StateReader(in, kernel);
    checkpoints = new CheckpointReader(in, kernel);
    lastPfn = reader.machine().maxPfn() - 1;
  }

  /** Moves to the next record; gives what it is, {@link #END} again and again at the end. */
  public int next() throws BadRecording {
    if (over) {
      return END;
    }
    in.skipComments();
    line = in.line();
    String tag = in.word(MAX_WORD);
    return switch (tag) {
      case "a", "am" -> readAlloc(tag.equals("am"));
      case "f" -> readFree();
      case "co" -> readRun();
      case "mi" -> readPages(ISOLATED);
      case "mu" -> readPages(PUT_BACK);
      case "mg" -> readMoved();
      case "coe" -> readResult();
      case "CZC" -> readPositions();
      case "CZS" -> readSkips();
      case "CPD" -> readCompounds();
      case "CMAAREA" -> readArea();
      case "ca" -> readContig();
      case "cae" -> readContigEnd();
      case "cx" -> readRelease();
      case "CK" -> {
        checkpoint = checkpoints.read();
        yield CHECKPOINT;
      }
      case "STATE" -> {
        state = states.read();
        yield STATE;
      }
      case "END" -> {
        reader.readEnd(kind);
        over = true;
        yield END;
      }
      default -> throw reader.notARecord(tag, "a " + kind + " section");
    };
  }

  private int readAlloc(boolean isMovable) throws BadRecording {
    operations++;
    movable = isMovable;
    order = 0;
    in.blank();
    if (!isMovable) {
      order = in.number(StateReader.NR_ORDERS - 1);
      in.blank();
    }
    gfpMask = in.mask();
    in.blank();
    pfn = in.numberOrNull(lastPfn);
    in.endLine();
    return ALLOC;
  }

  private int readFree() throws BadRecording {
    operations++;
    in.blank();
    order = in.number(StateReader.NR_ORDERS - 1);
    in.blank();
    pfn = in.number(lastPfn);
    in.endLine();
    return FREE;
  }

  private long keyed(long max) throws BadRecording {
    in.blank();
    in.key();
    return in.signed(max);
  }

  private int readRun() throws BadRecording {
    zone = zoneId();
    order = (int) keyed(StateReader.NR_ORDERS - 1);
    in.blank();
    in.key();
    gfpMask = in.mask();
    prio = (int) keyed(2);
    highest = (int) keyed(StateReader.MAX_ZONES);
    in.endLine();
    return RUN;
  }

  private int zoneId() throws BadRecording {
    in.blank();
    return in.number(StateReader.MAX_ZONES);
  }

  private int readPages(int record) throws BadRecording {
    in.blank();
    in.expect(':');
    in.runs(0, lastPfn, lastPfn + 1);
    pfns = in.copyOfList();
    return record;
  }

  private int readMoved() throws BadRecording {
    in.blank();
    in.expect(':');
    in.runsBefore(';', 0, lastPfn, lastPfn + 1);
    pfns = in.copyOfList();
    in.blank();
    in.runs(0, lastPfn, lastPfn + 1);
    to = in.copyOfList();
    if (pfns.length != to.length) {
      throw new BadRecording(
          in.name(), line, pfns.length + " pages were moved to " + to.length + " others");
    }
    return MOVED;
  }

  private int readResult() throws BadRecording {
    in.blank();
    result = in.number(MAX_RESULT);
    pfn = NO_PFN;
    if (!in.atLineEnd()) {
      in.blank();
      if (in.key() != CAPTURE) {
        throw in.bad("a coe line has no key but capture=");
      }
      pfn = in.number(lastPfn);
    }
    in.endLine();
    return RESULT;
  }

  private int readPositions() throws BadRecording {
    zone = zoneId();
    Arrays.fill(positions, 0);
    int nr = 0;
    while (!in.atLineEnd()) {
      in.blank();
      boolean flush = in.key() == FLUSH;
      int value = (int) in.signed(StateReader.MAX_PFN);
      if (flush) {
        positions[NR_POSITIONS - 1] = value;
      } else if (nr < NR_POSITIONS - 1) {
        positions[nr++] = value;
      }
    }
    in.endLine();
    return POSITIONS;
  }

  private int readSkips() throws BadRecording {
    zone = zoneId();
    return readPages(SKIPS);
  }

  private int readCompounds() throws BadRecording {
    zone = zoneId();
    in.blank();
    order = in.number(StateReader.NR_ORDERS - 1);
    return readPages(COMPOUNDS);
  }

  // Areas of contiguous memory.

  private int readArea() throws BadRecording {
    base = (int) keyed(lastPfn);
    count = (int) keyed(lastPfn + 1 - base);
    order = (int) keyed(StateReader.NR_ORDERS - 1);
    if (base < 0 || count <= 0 || order < 0) {
      throw new BadRecording(in.name(), line, "an area of " + count + " pages from " + base);
    }
    in.blank();
    in.expect(':');
    in.runs(0, (count >> order) - 1, count >> order);
    pfns = in.copyOfList();
    return AREA;
  }

  private int readContig() throws BadRecording {
    operations++;
    in.blank();
    count = in.number(lastPfn);
    in.blank();
    order = in.number(MAX_ALIGN);
    in.endLine();
    return CONTIG;
  }

  private int readContigEnd() throws BadRecording {
    in.blank();
    pfn = in.numberOrNull(lastPfn);
    in.endLine();
    return CONTIG_END;
  }

  private int readRelease() throws BadRecording {
    operations++;
    in.blank();
    pfn = in.number(lastPfn);
    in.blank();
    count = in.number(lastPfn);
    in.endLine();
    return RELEASE;
  }

  /** Requests and frees so far, the present one included. */
  public long operations() {
    return operations;
  }

  /** The line the present record begins on. */
  public long line() {
    return line;
  }

  public boolean isMovable() {
    return movable;
  }

  public int zone() {
    return zone;
  }

  /** -1 for a run that is to do as much as possible. */
  public int order() {
    return order;
  }

  public int gfpMask() {
    return gfpMask;
  }

  public int prio() {
    return prio;
  }

  /** Index of the highest zone that the request may use. */
  public int highest() {
    return highest;
  }

  public int pfn() {
    return pfn;
  }

  public int result() {
    return result;
  }

  public int[] pfns() {
    return pfns;
  }

  /** First frame of an area. */
  public int base() {
    return base;
  }

  /** Pages of an area or of a range. */
  public int count() {
    return count;
  }

  /** Where each of {@link #pfns} was moved. */
  public int[] to() {
    return to;
  }

  public int[] positions() {
    return positions;
  }

  public RecordedState state() {
    return state;
  }

  /** The checkpoint of a CK record, valid until the next one. */
  public RecordedCheckpoint checkpoint() {
    return checkpoint;
  }

  /** A request, a free or a run as the recording writes it. */
  public String text() {
    String gfp = Integer.toHexString(gfpMask);
    String page = pfn == NO_PFN ? "-" : Integer.toString(pfn);
    return "zone " + zone + " order " + order + " gfp " + gfp + " prio " + prio + " page " + page;
  }
}
