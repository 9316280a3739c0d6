package kmemsh.mm.page;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * What is in memory: 4096 bytes for each page frame, made when first written. Memory that nobody
 * wrote reads as zero, as after power-on.
 *
 * <p>Frames hang in a tree of three levels. Each node and each frame knows the epoch in which it
 * was made; a checkpoint keeps the root and begins a new epoch, and the first write to something of
 * an older epoch copies it. So a checkpoint costs nothing, however much memory was written.
 *
 * <pre>
 *   root   [1024]  Node for each 4 GiB
 *   Node   [1024]  Leaf for each 4 MiB
 *   Leaf   [1024]  4096 bytes of a frame, and the epoch they belong to
 * </pre>
 *
 * Addresses are physical, in bytes. A word is little endian and lies at a multiple of its size.
 *
 * <p>Left out: what boot code and firmware left in memory.
 *
 * <p>Spec: mappings.md 3
 */
public final class FrameBytes {
  public static final int FRAME_BYTES = 4096;

  private static final int PAGE_SHIFT = 12;
  private static final int IN_FRAME = FRAME_BYTES - 1;
  private static final int BITS = 10;
  private static final int FAN_OUT = 1 << BITS;
  private static final int IN_NODE = FAN_OUT - 1;
  private static final int READ_FRAMES = 64;

  /**
   * Words that are read and written byte by byte before {@link Views} are made, which takes as long
   * as all that a short script does.
   */
  private static int nrBytewise = 1 << 14;

  private static final class Views {
    private static final VarHandle LONGS = view(long[].class);
    private static final VarHandle INTS = view(int[].class);

    private static VarHandle view(Class<?> array) {
      return MethodHandles.byteArrayViewVarHandle(array, ByteOrder.LITTLE_ENDIAN);
    }
  }

  private Node[] root = new Node[FAN_OUT];
  private long rootEpoch;
  private long epoch;
  private int nrTouched;

  /** The frame last written and its bytes, which belong to the present epoch; -1 for none. */
  private int lastPfn = -1;

  private byte[] lastBytes;

  /** Frames lately read and their bytes, by the low bits of the pfn; -1 for none. */
  private final int[] readPfns = new int[READ_FRAMES];

  private final byte[][] readBytes = new byte[READ_FRAMES][];

  /** Nothing is written yet. */
  public FrameBytes() {
    Arrays.fill(readPfns, -1);
  }

  private static final class Node {
    private final Leaf[] leaves;
    private final long epoch;

    private Node(Leaf[] leaves, long epoch) {
      this.leaves = leaves;
      this.epoch = epoch;
    }
  }

  private static final class Leaf {
    private final byte[][] frames;
    private final long[] epochs;
    private final long epoch;

    private Leaf(byte[][] frames, long[] epochs, long epoch) {
      this.frames = frames;
      this.epochs = epochs;
      this.epoch = epoch;
    }
  }

  /** The bytes of all frames at one moment. */
  public static final class State {
    private final Node[] root;
    private final int nrTouched;

    private State(Node[] root, int nrTouched) {
      this.root = root;
      this.nrTouched = nrTouched;
    }
  }

  /** Returns the present state; takes no time. */
  public State checkpoint() {
    epoch++;
    lastPfn = -1;
    return new State(root, nrTouched);
  }

  /** Goes back to {@code state}, which may be restored again later. */
  public void restore(State state) {
    epoch++;
    lastPfn = -1;
    Arrays.fill(readPfns, -1);
    root = state.root;
    rootEpoch = -1;
    nrTouched = state.nrTouched;
  }

  /** Frames that were written. */
  public int nrTouched() {
    return nrTouched;
  }

  /** Whether anything was ever written to this frame. */
  public boolean isTouched(int pfn) {
    return find(pfn) != null;
  }

  /** The byte at {@code phys}, 0..255. */
  public int get8(long phys) {
    byte[] frame = find((int) (phys >>> PAGE_SHIFT));
    return frame == null ? 0 : frame[(int) phys & IN_FRAME] & 0xff;
  }

  public int get16(long phys) {
    byte[] frame = find((int) (phys >>> PAGE_SHIFT));
    int at = (int) phys & IN_FRAME;
    return frame == null ? 0 : (frame[at + 1] & 0xff) << Byte.SIZE | frame[at] & 0xff;
  }

  public int get32(long phys) {
    byte[] frame = find((int) (phys >>> PAGE_SHIFT));
    if (frame == null) {
      return 0;
    }
    int at = (int) phys & IN_FRAME;
    return nrBytewise > 0 ? (int) word(frame, at, Integer.BYTES) : int32(frame, at);
  }

  public long get64(long phys) {
    byte[] frame = find((int) (phys >>> PAGE_SHIFT));
    if (frame == null) {
      return 0;
    }
    int at = (int) phys & IN_FRAME;
    return nrBytewise > 0 ? word(frame, at, Long.BYTES) : long64(frame, at);
  }

  /**
   * The bytes of a frame, to be read and written by {@link #long64} and its kin, until something
   * else here is called.
   */
  public byte[] frameToWrite(int pfn) {
    return own(pfn);
  }

  public static long long64(byte[] frame, int at) {
    return (long) Views.LONGS.get(frame, at);
  }

  public static void setLong64(byte[] frame, int at, long value) {
    Views.LONGS.set(frame, at, value);
  }

  public static int int32(byte[] frame, int at) {
    return (int) Views.INTS.get(frame, at);
  }

  public static void setInt32(byte[] frame, int at, int value) {
    Views.INTS.set(frame, at, value);
  }

  /** Whether so few words were used until now that {@link #long64} and its kin would be slow. */
  public static boolean isBytewise() {
    return nrBytewise > 0;
  }

  private static long word(byte[] frame, int at, int sizeBytes) {
    nrBytewise--;
    long word = 0;
    for (int i = at + sizeBytes - 1; i >= at; i--) {
      word = word << Byte.SIZE | frame[i] & 0xff;
    }
    return word;
  }

  private static void setWord(byte[] frame, int at, int sizeBytes, long value) {
    nrBytewise--;
    for (int i = 0; i < sizeBytes; i++) {
      frame[at + i] = (byte) (value >>> i * Byte.SIZE);
    }
  }

  public void set8(long phys, int value) {
    own((int) (phys >>> PAGE_SHIFT))[(int) phys & IN_FRAME] = (byte) value;
  }

  public void set16(long phys, int value) {
    byte[] frame = own((int) (phys >>> PAGE_SHIFT));
    int at = (int) phys & IN_FRAME;
    frame[at] = (byte) value;
    frame[at + 1] = (byte) (value >>> Byte.SIZE);
  }

  public void set32(long phys, int value) {
    byte[] frame = own((int) (phys >>> PAGE_SHIFT));
    int at = (int) phys & IN_FRAME;
    if (nrBytewise > 0) {
      setWord(frame, at, Integer.BYTES, value);
    } else {
      setInt32(frame, at, value);
    }
  }

  public void set64(long phys, long value) {
    byte[] frame = own((int) (phys >>> PAGE_SHIFT));
    int at = (int) phys & IN_FRAME;
    if (nrBytewise > 0) {
      setWord(frame, at, Long.BYTES, value);
    } else {
      setLong64(frame, at, value);
    }
  }

  /** Copies {@code sizeBytes} from {@code phys} on to {@code out}; they may lie in many frames. */
  public void read(long phys, byte[] out, int start, int sizeBytes) {
    long from = phys;
    int at = start;
    int end = start + sizeBytes;
    while (at < end) {
      int inFrame = (int) from & IN_FRAME;
      int nr = Math.min(end - at, FRAME_BYTES - inFrame);
      byte[] frame = find((int) (from >>> PAGE_SHIFT));
      if (frame == null) {
        Arrays.fill(out, at, at + nr, (byte) 0);
      } else {
        System.arraycopy(frame, inFrame, out, at, nr);
      }
      from += nr;
      at += nr;
    }
  }

  /** Sets {@code sizeBytes} from {@code phys} on; they may lie in many frames. */
  public void fill(long phys, long sizeBytes, int value) {
    long at = phys;
    long end = phys + sizeBytes;
    while (at < end) {
      int inFrame = (int) at & IN_FRAME;
      int nr = (int) Math.min(end - at, FRAME_BYTES - inFrame);
      int pfn = (int) (at >>> PAGE_SHIFT);
      if (value != 0 || find(pfn) != null) {
        Arrays.fill(own(pfn), inFrame, inFrame + nr, (byte) value);
      }
      at += nr;
    }
  }

  /** Copies {@code sizeBytes} between places that do not overlap. */
  public void copy(long from, long to, long sizeBytes) {
    byte[] part = new byte[(int) Math.min(sizeBytes, FRAME_BYTES)];
    for (long done = 0; done < sizeBytes; done += part.length) {
      int nr = (int) Math.min(part.length, sizeBytes - done);
      read(from + done, part, 0, nr);
      write(to + done, part, 0, nr);
    }
  }

  /** Writes {@code sizeBytes} of {@code in} from {@code phys} on; they may lie in many frames. */
  public void write(long phys, byte[] in, int start, int sizeBytes) {
    long to = phys;
    int at = start;
    int end = start + sizeBytes;
    while (at < end) {
      int inFrame = (int) to & IN_FRAME;
      int nr = Math.min(end - at, FRAME_BYTES - inFrame);
      System.arraycopy(in, at, own((int) (to >>> PAGE_SHIFT)), inFrame, nr);
      to += nr;
      at += nr;
    }
  }

  /** Makes every byte of a frame zero; a frame that nobody wrote stays unmade. */
  public void zeroFrame(int pfn) {
    fill((long) pfn << PAGE_SHIFT, FRAME_BYTES, 0);
  }

  private byte[] find(int pfn) {
    int slot = pfn & (READ_FRAMES - 1);
    return readPfns[slot] == pfn ? readBytes[slot] : look(pfn);
  }

  private byte[] look(int pfn) {
    Node node = root[pfn >>> 2 * BITS];
    Leaf leaf = node == null ? null : node.leaves[pfn >>> BITS & IN_NODE];
    byte[] frame = leaf == null ? null : leaf.frames[pfn & IN_NODE];
    if (frame != null) {
      keepForReading(pfn, frame);
    }
    return frame;
  }

  private void keepForReading(int pfn, byte[] frame) {
    int slot = pfn & (READ_FRAMES - 1);
    readPfns[slot] = pfn;
    readBytes[slot] = frame;
  }

  /** The bytes of a frame, to be written. */
  private byte[] own(int pfn) {
    if (pfn != lastPfn) {
      lastBytes = ownFrame(ownLeaf(ownNode(pfn >>> 2 * BITS), pfn >>> BITS & IN_NODE), pfn);
      lastPfn = pfn;
    }
    return lastBytes;
  }

  private Node ownNode(int index) {
    if (rootEpoch != epoch) {
      root = root.clone();
      rootEpoch = epoch;
    }
    Node node = root[index];
    if (node == null || node.epoch != epoch) {
      node = new Node(node == null ? new Leaf[FAN_OUT] : node.leaves.clone(), epoch);
      root[index] = node;
    }
    return node;
  }

  private Leaf ownLeaf(Node node, int index) {
    Leaf leaf = node.leaves[index];
    if (leaf == null || leaf.epoch != epoch) {
      leaf =
          leaf == null
              ? new Leaf(new byte[FAN_OUT][], new long[FAN_OUT], epoch)
              : new Leaf(leaf.frames.clone(), leaf.epochs.clone(), epoch);
      node.leaves[index] = leaf;
    }
    return leaf;
  }

  private byte[] ownFrame(Leaf leaf, int pfn) {
    int index = pfn & IN_NODE;
    byte[] frame = leaf.frames[index];
    if (frame == null || leaf.epochs[index] != epoch) {
      nrTouched += frame == null ? 1 : 0;
      frame = frame == null ? new byte[FRAME_BYTES] : frame.clone();
      leaf.frames[index] = frame;
      leaf.epochs[index] = epoch;
      keepForReading(pfn, frame);
    }
    return frame;
  }
}
