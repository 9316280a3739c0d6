package kmemsh.capture;

/**
 * The records of a KMAP section, one after the other. This object is the cursor: {@link #next}
 * moves it, and the fields of a record are read from it.
 *
 * <pre>
 *   operation   pfn  virt
 *   km  kmap     x    x
 *   ku  kunmap   x
 *   kl  local    x    x
 *   kA  atomic   x    x
 *   kU  unmap         x
 *   PK           x        and slot, count
 * </pre>
 */
public final class KmapSection {
  /** The section is over. */
  public static final int END = 0;

  public static final int OPERATION = 1;

  /** A slot in use, in ascending order: of the start, or of a checkpoint. */
  public static final int SLOT = 2;

  /** The slots that follow, up to {@link #CHECKPOINT_END}, are those of this moment. */
  public static final int CHECKPOINT = 3;

  public static final int CHECKPOINT_END = 4;

  /** The kernel has no HighMem, so nothing else follows. */
  public static final int NOHIGHMEM = 5;

  private static final int MAX_WORD = 16;
  private static final int MAX_SLOT = 1023;
  private static final int MAX_USERS = 1 << 30;

  private final RecordingReader reader;
  private final RecordingInput in;
  private final int lastPfn;
  private String operation = "";
  private int pfn;
  private long virt;
  private int slot;
  private int count;
  private long operations;
  private long line;
  private boolean over;

  KmapSection(RecordingReader reader, RecordingInput in) {
    this.reader = reader;
    this.in = in;
    this.lastPfn = reader.machine().maxPfn() - 1;
  }

  /** Moves to the next record; gives what it is. */
  public int next() throws BadRecording {
    while (!over) {
      in.skipComments();
      line = in.line();
      String tag = in.word(MAX_WORD);
      switch (tag) {
        case "KPAGES" -> readPages();
        case "PK" -> {
          return readSlot();
        }
        case "km", "kl", "kA", "ku", "kU" -> {
          return readOperation(tag);
        }
        case "KCK" -> {
          readCheckpoint();
          return CHECKPOINT;
        }
        case "ENDKCK" -> {
          in.endLine();
          return CHECKPOINT_END;
        }
        case "NOHIGHMEM" -> {
          in.endLine();
          return NOHIGHMEM;
        }
        case "END" -> {
          reader.readEnd("KMAP");
          over = true;
        }
        default -> throw reader.notARecord(tag, "a KMAP section");
      }
    }
    return END;
  }

  private void readPages() throws BadRecording {
    in.blank();
    in.expect(':');
    in.runs(0, lastPfn, lastPfn + 1);
  }

  private int readSlot() throws BadRecording {
    in.blank();
    slot = in.number(MAX_SLOT);
    in.blank();
    count = in.number(MAX_USERS);
    in.blank();
    pfn = in.number(lastPfn);
    in.endLine();
    return SLOT;
  }

  private int readOperation(String tag) throws BadRecording {
    operation = tag;
    operations++;
    if (!tag.equals("kU")) {
      in.blank();
      pfn = in.number(lastPfn);
    }
    if (!tag.equals("ku")) {
      in.blank();
      virt = in.hex();
    }
    in.endLine();
    return OPERATION;
  }

  private void readCheckpoint() throws BadRecording {
    in.blank();
    in.decimal(Integer.MAX_VALUE);
    in.endLine();
  }

  /** Its two letters. */
  public String operation() {
    return operation;
  }

  /** Operations so far, this one included. */
  public long operations() {
    return operations;
  }

  /** The line of the present record. */
  public long line() {
    return line;
  }

  public int pfn() {
    return pfn;
  }

  /** The address that was given, or for {@code kU} is given back. */
  public long virt() {
    return virt;
  }

  public int slot() {
    return slot;
  }

  /** The slot's count: 1 for no user. */
  public int count() {
    return count;
  }

  /** The operation as the recording writes it. */
  public String text() {
    String page = operation.equals("kU") ? "" : " " + pfn;
    return operation + page + (operation.equals("ku") ? "" : " " + Long.toHexString(virt));
  }
}
