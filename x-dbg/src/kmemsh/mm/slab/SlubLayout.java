package kmemsh.mm.slab;

import kmemsh.view.SlabFlags;

/**
 * Where the parts of a debug cache's object are and what they hold.
 *
 * <pre>
 *   |&lt;- redLeftPad -&gt;|&lt;- objectSize -&gt;|   |  W   |   T    |   T    |  4   |          |
 *   |    red zone    |     object     |red| next | taken  | freed  | size | padding  |
 *                    p                    inuse  ^ info end                 p + size - redLeftPad
 * </pre>
 *
 * <p>Spec: slab-allocators.md 3.2, 3.13
 */
final class SlubLayout {
  static final int RED_INACTIVE = 0xbb;
  static final int RED_ACTIVE = 0xcc;
  static final int POISON_INUSE = 0x5a;
  static final int POISON_FREE = 0x6b;
  static final int POISON_END = 0xa5;

  private static final int TRACK_32 = 20;
  private static final int TRACK_64 = 32;

  /** The address that stands for every caller: where the kernel's code begins. */
  private static final long CODE_32 = 0xc1000000L;

  private static final long CODE_64 = 0xffffffff81000000L;

  private final ObjectBytes bytes;
  private final int word;

  SlubLayout(ObjectBytes bytes) {
    this.bytes = bytes;
    this.word = bytes.wordBytes();
  }

  private boolean wide() {
    return word == Long.BYTES;
  }

  static boolean hasRedZone(SlubCache cache) {
    return cache.has(SlabFlags.SLAB_RED_ZONE);
  }

  static boolean hasPoison(SlubCache cache) {
    return cache.has(SlabFlags.SLAB_POISON);
  }

  /** Whether the object's own bytes are poisoned. */
  static boolean poisonsObject(SlubCache cache) {
    return cache.has(SlabFlags.OBJECT_POISON);
  }

  static boolean pointerIsBehind(SlubCache cache) {
    return cache.offset >= cache.inuse;
  }

  /** Bytes from the object to its tracks. */
  int infoEnd(SlubCache cache) {
    return cache.inuse + (pointerIsBehind(cache) ? word : 0);
  }

  /** Bytes from the object to its padding. */
  int metadataEnd(SlubCache cache) {
    int end = infoEnd(cache);
    if (cache.storesUser()) {
      end += 2 * trackBytes();
      end += cache.has(SlabFlags.SLAB_KMALLOC) ? Integer.BYTES : 0;
    }
    return end;
  }

  /** Bytes from the object to the end of its slot. */
  static int slotEnd(SlubCache cache) {
    return cache.size - cache.redLeftPad;
  }

  private int trackBytes() {
    return wide() ? TRACK_64 : TRACK_32;
  }

  /** Fills red zones and poison; {@code red} is one of the RED constants. */
  void init(SlubCache cache, long object, int red) {
    if (hasRedZone(cache)) {
      bytes.fill(object - cache.redLeftPad, cache.redLeftPad, red);
    }
    if (poisonsObject(cache)) {
      bytes.fill(object, cache.objectSize - 1L, POISON_FREE);
      bytes.set8(object + cache.objectSize - 1, POISON_END);
    }
    if (hasRedZone(cache)) {
      bytes.fill(object + cache.objectSize, cache.inuse - cache.objectSize, red);
    }
  }

  /** Clears both tracks of a new object. */
  void clearTracks(SlubCache cache, long object) {
    if (cache.storesUser()) {
      bytes.fill(object + infoEnd(cache), 2L * trackBytes(), 0);
    }
  }

  private long track(SlubCache cache, long object, boolean freed) {
    return object + infoEnd(cache) + (freed ? trackBytes() : 0);
  }

  /** Notes that process 1 on {@code cpu} took or freed the object. */
  void setTrack(SlubCache cache, long object, boolean freed, int cpu) {
    if (cache.storesUser()) {
      long at = track(cache, object, freed);
      bytes.fill(at, trackBytes(), 0);
      bytes.setWord(at, wide() ? CODE_64 : CODE_32);
      bytes.set32(at + word + Integer.BYTES, cpu);
      bytes.set32(at + word + 2 * Integer.BYTES, 1);
    }
  }

  /** The CPU on which the object was taken or freed, or -1 when that was not noted. */
  int trackCpu(SlubCache cache, long object, boolean freed) {
    long at = track(cache, object, freed);
    return cache.storesUser() && bytes.word(at) != 0 ? bytes.get32(at + word + Integer.BYTES) : -1;
  }

  /** Notes how many bytes kmalloc was asked for. */
  void setAskedBytes(SlubCache cache, long object, int sizeBytes) {
    if (cache.storesUser() && cache.has(SlabFlags.SLAB_KMALLOC)) {
      bytes.set32(object + infoEnd(cache) + 2L * trackBytes(), sizeBytes);
    }
  }
}
