package kmemsh.capture;

import java.util.List;
import kmemsh.view.SlabState;

/**
 * The records of an OBJ section, one after the other. This object is the cursor: {@link #next}
 * moves it, and the fields of an operation are read from it. Addresses are physical byte addresses,
 * 0 for NULL and 16 for ZERO_SIZE_PTR.
 *
 * <pre>
 *   operation      cache  size  gfpMask  address  result  list
 *   OA  oa           x            x                  x
 *   OF  of           x                      x
 *   KA  ka                  x     x                  x
 *   KF  kf                                  x
 *   KR  kr                  x     x         x        x
 *   KS  ks           x                               x (0 or 1)
 *   KD  kd           x
 *   OB  ob           x      n     x                  got     x
 *   OBF oB           x                                       x
 *   KBF kB                                                   x
 *   CR  cr         {@link #due}, {@link #node}
 *   C   c          {@link #cpu}
 * </pre>
 */
public final class ObjSection {
  /** The section is over. */
  public static final int END = 0;

  public static final int OPERATION = 1;
  public static final int STATE = 2;
  public static final int CHECKPOINT = 3;
  public static final int SLABSTATE = 4;

  /** A list of caches: {@link #caches}, {@link #kmalloc}. */
  public static final int CACHES = 5;

  /** A cache was created before the caches are listed: {@link #created}. */
  public static final int CREATED = 6;

  public static final int OA = 'o' << 8 | 'a';
  public static final int OF = 'o' << 8 | 'f';
  public static final int KA = 'k' << 8 | 'a';
  public static final int KF = 'k' << 8 | 'f';
  public static final int KR = 'k' << 8 | 'r';
  public static final int KS = 'k' << 8 | 's';
  public static final int KD = 'k' << 8 | 'd';
  public static final int OB = 'o' << 8 | 'b';
  public static final int OBF = 'o' << 8 | 'B';
  public static final int KBF = 'k' << 8 | 'B';
  public static final int CR = 'c' << 8 | 'r';
  public static final int C = 'c' << 8;

  private static final int MAX_WORD = 64;
  private static final int MAX_NAME = 256;
  private static final long MAX_BYTES = 1L << 40;
  private static final int MAX_BULK = 1 << 20;
  private static final int SHOWN = 16;

  private final RecordingInput in;
  private final RecordingReader reader;
  private final StateReader states;
  private final CheckpointReader checkpoints;
  private final SlabStateReader slabStates;
  private final CachesReader cacheLines;
  private final int lastPfn;
  private final int nrCpus;

  private RecordedState state;
  private RecordedCheckpoint checkpoint;
  private RecordedSlabState slabState;
  private Created created;
  private boolean over;
  private long operations;
  private long line;
  private int operation;
  private int cache;
  private long size;
  private int gfpMask;
  private long address;
  private long result;
  private int cpu;
  private long[] list = new long[64];
  private int listSize;

  /** A {@code kc} line: what was asked for, and the cache that came back, maybe a shared one. */
  public record Created(
      String name, long size, int align, int flags, boolean ctor, String given, int refcount) {}

  ObjSection(RecordingReader reader, RecordingInput in, StateReader.Kernel kernel) {
    this.reader = reader;
    this.in = in;
    this.lastPfn = reader.machine().maxPfn() - 1;
    this.nrCpus = reader.machine().nrCpus();
    this.states = new StateReader(in, kernel);
    this.checkpoints = new CheckpointReader(in, kernel);
    this.slabStates = new SlabStateReader(in, lastPfn);
    this.cacheLines = new CachesReader(in);
  }

  /** Moves to the next record and says what it is; END again and again at the end. */
  public int next() throws BadRecording {
    if (over) {
      return END;
    }
    line = in.line();
    int first = in.peek();
    if (first == 'o' || first == 'k' || first == 'c') {
      return readSmall((char) first);
    }
    if (first == '#') {
      in.skipLine();
      return next();
    }
    String tag = in.word(MAX_WORD);
    return switch (tag) {
      case "CK" -> {
        checkpoint = checkpoints.read();
        yield CHECKPOINT;
      }
      case "STATE" -> {
        state = states.read();
        yield STATE;
      }
      case "SLABSTATE" -> {
        slabState = slabStates.read();
        yield SLABSTATE;
      }
      case "CACHE" -> readCaches();
      case "END" -> readEnd();
      default -> throw reader.notARecord(tag, "an OBJ section");
    };
  }

  private int readEnd() throws BadRecording {
    reader.readEnd("OBJ");
    over = true;
    return END;
  }

  /** All CACHE lines, then the KMCACHES and kcid lines behind them. */
  private int readCaches() throws BadRecording {
    cacheLines.clear();
    cacheLines.readCache();
    in.skipComments();
    while (in.peek() == 'C') {
      String tag = in.word(MAX_WORD);
      if (!tag.equals("CACHE")) {
        throw reader.notARecord(tag, "a list of caches");
      }
      cacheLines.readCache();
      in.skipComments();
    }
    while (in.peek() == 'K') {
      String tag = in.word(MAX_WORD);
      if (!tag.equals("KMCACHES")) {
        throw reader.notARecord(tag, "a list of caches");
      }
      cacheLines.readKmalloc();
      in.skipComments();
    }
    return CACHES;
  }

  /** An operation, or a line that begins in small letters. */
  private int readSmall(char first) throws BadRecording {
    in.expect(first);
    int second = in.peek();
    if (first == 'c' && second == ' ') {
      in.blank();
      operation = C;
      cpu = in.number(nrCpus - 1);
      in.endLine();
      return OPERATION;
    }
    in.expect((char) second);
    operation = first << 8 | second;
    if (operation == ('k' << 8 | 'c')) {
      return readCreated();
    }
    in.blank();
    operations++;
    readFields();
    return OPERATION;
  }

  private int readCreated() throws BadRecording {
    if (in.peek() == 'i') {
      in.skipLine();
      return next();
    }
    in.blank();
    String name = in.word(MAX_NAME);
    long bytes = keyed();
    int align = (int) keyed();
    in.blank();
    in.key();
    int flags = (int) in.hex();
    boolean ctor = keyed() != 0;
    in.blank();
    in.word(MAX_WORD);
    in.blank();
    String given = in.word(MAX_NAME);
    int refcount = in.atLineEnd() ? 0 : (int) keyed();
    in.endLine();
    created = new Created(name, bytes, align, flags, ctor, given, refcount);
    return CREATED;
  }

  private long keyed() throws BadRecording {
    in.blank();
    in.key();
    return in.signed(MAX_BYTES);
  }

  private void readFields() throws BadRecording {
    switch (operation) {
      case OA -> {
        cache = in.number(Integer.MAX_VALUE);
        readMask();
        readResult();
      }
      case OF -> {
        cache = in.number(Integer.MAX_VALUE);
        in.blank();
        readAddress();
      }
      case KA -> {
        size = in.decimal(MAX_BYTES);
        readMask();
        readResult();
      }
      case KF -> readAddress();
      case KR -> {
        address = in.address(lastPfn);
        in.blank();
        size = in.decimal(MAX_BYTES);
        readMask();
        readResult();
      }
      default -> readRareFields();
    }
  }

  private void readRareFields() throws BadRecording {
    switch (operation) {
      case KS -> {
        cache = in.number(Integer.MAX_VALUE);
        in.blank();
        result = in.signed(Integer.MAX_VALUE);
        in.endLine();
      }
      case KD -> {
        cache = in.number(Integer.MAX_VALUE);
        in.skipLine();
      }
      case OB -> {
        cache = in.number(Integer.MAX_VALUE);
        in.blank();
        size = in.number(MAX_BULK);
        readMask();
        in.blank();
        result = in.number(MAX_BULK);
        readList((int) result);
      }
      case OBF -> {
        cache = in.number(Integer.MAX_VALUE);
        in.blank();
        readList(in.number(MAX_BULK));
      }
      case KBF -> readList(in.number(MAX_BULK));
      case CR -> {
        result = in.number(1);
        in.blank();
        cache = in.number(MachineReader.MAX_NODES - 1);
        in.endLine();
      }
      default ->
          throw in.bad(
              "'"
                  + (char) (operation >> 8)
                  + (char) (operation & 0xff)
                  + "' is not an operation of an OBJ section");
    }
  }

  private void readMask() throws BadRecording {
    in.blank();
    gfpMask = in.mask();
  }

  private void readResult() throws BadRecording {
    in.blank();
    result = in.address(lastPfn);
    in.endLine();
  }

  private void readAddress() throws BadRecording {
    address = in.address(lastPfn);
    in.endLine();
  }

  private void readList(int nr) throws BadRecording {
    if (list.length < nr) {
      list = new long[nr];
    }
    in.blank();
    in.expect(':');
    for (int i = 0; i < nr; i++) {
      in.blank();
      list[i] = in.address(lastPfn);
    }
    listSize = nr;
    if (!in.atLineEnd()) {
      in.blank();
    }
    in.endLine();
  }

  /** The operation: OA, OF, ... */
  public int operation() {
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

  public int cache() {
    return cache;
  }

  /** Bytes of a kmalloc or krealloc; objects that a bulk allocation asked for. */
  public long size() {
    return size;
  }

  public int gfpMask() {
    return gfpMask;
  }

  /** The object that is freed or reallocated. */
  public long address() {
    return address;
  }

  /** The object that came back; what kmem_cache_shrink gave; how many a bulk allocation got. */
  public long result() {
    return result;
  }

  public int cpu() {
    return cpu;
  }

  /** Whether {@code cr} found every node due for reaping. */
  public boolean due() {
    return result != 0;
  }

  /** The node whose alien array {@code cr} drains. */
  public int node() {
    return cache;
  }

  /** Objects of a bulk operation; only the first {@link #listSize} count, until next(). */
  public long[] list() {
    return list;
  }

  public int listSize() {
    return listSize;
  }

  public RecordedState state() {
    return state;
  }

  /** The checkpoint of a CK record, valid until the next one. */
  public RecordedCheckpoint checkpoint() {
    return checkpoint;
  }

  public RecordedSlabState slabState() {
    return slabState;
  }

  public Created created() {
    return created;
  }

  /** The caches of the machine, oldest first. */
  public List<SlabState.Cache> caches() {
    return cacheLines.caches();
  }

  /** Rows of a kmalloc type and the cache numbers of its indexes. */
  public List<int[]> kmalloc() {
    return cacheLines.kmalloc();
  }

  /** The operation as the recording writes it, long lists shortened. */
  public String text() {
    int first = operation == C ? cpu : cache;
    String text = text(operation, first, size, gfpMask, address, result);
    boolean bulk = operation == OB || operation == OBF || operation == KBF;
    return bulk ? text + objects() : text;
  }

  /** An operation from its fields, without the list of a bulk operation. */
  public static String text(
      int operation, int cache, long size, int gfpMask, long address, long result) {
    String gfp = " " + Integer.toHexString(gfpMask) + " ";
    return switch (operation) {
      case OA -> "oa " + cache + gfp + shown(result);
      case OF -> "of " + cache + " " + shown(address);
      case KA -> "ka " + size + gfp + shown(result);
      case KF -> "kf " + shown(address);
      case KR -> "kr " + shown(address) + " " + size + gfp + shown(result);
      case KS -> "ks " + cache + " " + result;
      case KD -> "kd " + cache;
      case OB -> "ob " + cache + " " + size + gfp + result + " :";
      case OBF -> "oB " + cache + " :";
      case KBF -> "kB :";
      case CR -> "cr " + result + " " + cache;
      default -> "c " + cache;
    };
  }

  /** An address as recordings write it. */
  public static String shown(long address) {
    if (address == 0) {
      return "-";
    }
    return address == 16 ? "Z" : (address >>> 12) + ":" + (address & 0xfff);
  }

  private String objects() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < Math.min(listSize, SHOWN); i++) {
      text.append(' ').append(shown(list[i]));
    }
    return listSize <= SHOWN ? text.toString() : text + " ...";
  }
}
