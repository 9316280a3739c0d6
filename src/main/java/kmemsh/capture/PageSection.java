package kmemsh.capture;

/**
 * The records of a PAGE section, one after the other. This object is the cursor: {@link #next}
 * moves it, and the fields of an operation are read from it, so that an operation costs no object.
 *
 * <pre>
 *   operation  order  bytes  gfpMask  pfn  wanted  pfns
 *       a        x             x       x
 *       f        x                     x
 *       x               x      x       x
 *       y               x              x
 *       s        x                     x
 *       b                      x              x     x
 *       l                                           x
 *       c        the CPU is in {@link #cpu}
 * </pre>
 */
public final class PageSection {
  /** The section is over. */
  public static final int END = 0;

  public static final int OPERATION = 1;
  public static final int STATE = 2;
  public static final int CHECKPOINT = 3;

  /** What {@link #pfn} gives for NULL. */
  public static final int NO_PFN = -1;

  private static final long MAX_BYTES = 1L << 40;
  private static final int MAX_BULK = 1 << 20;
  private static final int MAX_ORDER = 63;

  private final RecordingInput in;
  private final RecordingReader reader;
  private final StateReader states;
  private final CheckpointReader checkpoints;
  private final int lastPfn;
  private final int nrCpus;

  private RecordedState state;
  private RecordedCheckpoint checkpoint;
  private boolean over;
  private long operations;
  private long line;
  private char operation;
  private int order;
  private long bytes;
  private int gfpMask;
  private int pfn;
  private int wanted;
  private int cpu;

  PageSection(RecordingReader reader, RecordingInput in, StateReader.Kernel kernel) {
    this.reader = reader;
    this.in = in;
    this.states = new StateReader(in, kernel);
    this.checkpoints = new CheckpointReader(in, kernel);
    this.lastPfn = reader.machine().maxPfn() - 1;
    this.nrCpus = reader.machine().nrCpus();
  }

  /**
   * Moves to the next record.
   *
   * @return {@link #OPERATION}, {@link #STATE}, {@link #CHECKPOINT} or, again and again, {@link
   *     #END}
   */
  public int next() throws BadRecording {
    if (over) {
      return END;
    }
    line = in.line();
    int first = in.peek();
    if (first >= 'a' && first <= 'z') {
      readOperation((char) first);
      return OPERATION;
    }
    if (first == '#') {
      in.skipComments();
      return next();
    }
    String tag = in.word(64);
    switch (tag) {
      case "CK" -> {
        checkpoint = checkpoints.read();
        return CHECKPOINT;
      }
      case "STATE" -> {
        state = states.read();
        return STATE;
      }
      case "END" -> {
        readEnd();
        return END;
      }
      default -> throw reader.notARecord(tag, "a PAGE section");
    }
  }

  private void readEnd() throws BadRecording {
    long announced = reader.readEnd("PAGE");
    if (announced >= 0 && announced != operations) {
      throw new BadRecording(
          in.name(), line, announced + " operations were announced, " + operations + " are there");
    }
    over = true;
  }

  private void readOperation(char tag) throws BadRecording {
    in.expect(tag);
    if (in.peek() != ' ') {
      throw reader.notARecord(tag + in.word(64), "a PAGE section");
    }
    in.blank();
    operation = tag;
    operations++;
    switch (tag) {
      case 'a' -> {
        order = in.number(MAX_ORDER);
        in.blank();
        gfpMask = in.mask();
        readResult();
      }
      case 'f', 's' -> {
        order = in.number(StateReader.NR_ORDERS - 1);
        readPfn();
      }
      case 'x' -> {
        readBytes();
        in.blank();
        gfpMask = in.mask();
        readResult();
      }
      case 'y' -> {
        readBytes();
        readPfn();
      }
      case 'c' -> {
        operations--;
        cpu = in.number(nrCpus - 1);
        in.endLine();
      }
      case 'b' -> readBulk();
      case 'l' -> {
        int announced = in.number(MAX_BULK);
        readList(announced);
      }
      default -> throw in.bad("'" + tag + "' is not an operation of a PAGE section");
    }
  }

  private void readBytes() throws BadRecording {
    bytes = in.decimal(MAX_BYTES);
    if (bytes == 0) {
      throw in.bad("0 is not a size in bytes");
    }
  }

  private void readResult() throws BadRecording {
    in.blank();
    pfn = in.numberOrNull(lastPfn);
    in.endLine();
  }

  private void readPfn() throws BadRecording {
    in.blank();
    pfn = in.number(lastPfn);
    in.endLine();
  }

  private void readBulk() throws BadRecording {
    wanted = in.number(MAX_BULK);
    in.blank();
    gfpMask = in.mask();
    in.blank();
    int got = in.number(wanted);
    readList(got);
  }

  private void readList(int announced) throws BadRecording {
    in.blank();
    in.expect(':');
    in.runs(0, lastPfn, announced);
    if (in.listSize() != announced) {
      throw new BadRecording(
          in.name(), line, announced + " pages were announced, " + in.listSize() + " are listed");
    }
  }

  /** The letter of the operation: a, f, x, y, s, b, l or c. */
  public char operation() {
    return operation;
  }

  /** Operations so far, this one included; {@code c} does not count. */
  public long operations() {
    return operations;
  }

  /** The line the present record begins on. */
  public long line() {
    return line;
  }

  public int order() {
    return order;
  }

  public long bytes() {
    return bytes;
  }

  public int gfpMask() {
    return gfpMask;
  }

  /** The result of {@code a} and {@code x}, or {@link #NO_PFN}; the argument of the others. */
  public int pfn() {
    return pfn;
  }

  /** Pages a bulk allocation asked for. */
  public int wanted() {
    return wanted;
  }

  public int cpu() {
    return cpu;
  }

  /** The pages of {@code b} and {@code l}; only the first {@link #nrPfns} count, until next(). */
  public int[] pfns() {
    return in.list();
  }

  public int nrPfns() {
    return in.listSize();
  }

  /** The state of a STATE record. */
  public RecordedState state() {
    return state;
  }

  /** The checkpoint of a CK record, valid until the next one. */
  public RecordedCheckpoint checkpoint() {
    return checkpoint;
  }

  /** The operation as the recording writes it, long lists shortened. */
  public String text() {
    return switch (operation) {
      case 'a' -> "a " + order + " " + Integer.toHexString(gfpMask) + " " + result();
      case 'x' -> "x " + bytes + " " + Integer.toHexString(gfpMask) + " " + result();
      case 'y' -> "y " + bytes + " " + pfn;
      case 'c' -> "c " + cpu;
      case 'b' ->
          "b " + wanted + " " + Integer.toHexString(gfpMask) + " " + nrPfns() + " :" + pages();
      case 'l' -> "l " + nrPfns() + " :" + pages();
      default -> operation + " " + order + " " + pfn;
    };
  }

  private String result() {
    return pfn == NO_PFN ? "-" : Integer.toString(pfn);
  }

  private String pages() {
    StringBuilder text = new StringBuilder();
    int shown = Math.min(nrPfns(), 16);
    for (int i = 0; i < shown; i++) {
      text.append(' ').append(pfns()[i]);
    }
    return shown == nrPfns() ? text.toString() : text + " ...";
  }
}
