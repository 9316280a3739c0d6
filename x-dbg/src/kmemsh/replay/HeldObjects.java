package kmemsh.replay;

import java.util.Arrays;

/**
 * The objects a scenario holds, so that a corrupt recording cannot free what it does not own.
 *
 * <pre>
 *   addresses  [power of two]  address, 0 where empty, open addressing with linear probing
 *   caches     [same]          number of its cache, or KMALLOC
 * </pre>
 */
final class HeldObjects {
  static final int KMALLOC = -1;
  static final int NOT_HELD = -2;

  private static final int FIRST_ROOM = 1024;

  private long[] addresses = new long[FIRST_ROOM];
  private int[] caches = new int[FIRST_ROOM];
  private int size;

  void clear() {
    Arrays.fill(addresses, 0);
    size = 0;
  }

  void add(long address, int cache) {
    if (2 * size >= addresses.length) {
      grow();
    }
    int at = slotOf(address);
    if (addresses[at] == 0) {
      size++;
    }
    addresses[at] = address;
    caches[at] = cache;
  }

  /** Lets go of an object: its cache, {@link #KMALLOC} or {@link #NOT_HELD}. */
  int remove(long address) {
    int at = slotOf(address);
    if (address == 0 || addresses[at] != address) {
      return NOT_HELD;
    }
    final int cache = caches[at];
    addresses[at] = 0;
    size--;
    int next = (at + 1) & (addresses.length - 1);
    while (addresses[next] != 0) {
      long moved = addresses[next];
      int movedCache = caches[next];
      addresses[next] = 0;
      int to = slotOf(moved);
      addresses[to] = moved;
      caches[to] = movedCache;
      next = (next + 1) & (addresses.length - 1);
    }
    return cache;
  }

  private int slotOf(long address) {
    int mask = addresses.length - 1;
    int at = (int) (address * 0x9e3779b97f4a7c15L >>> 32) & mask;
    while (addresses[at] != 0 && addresses[at] != address) {
      at = (at + 1) & mask;
    }
    return at;
  }

  private void grow() {
    long[] oldAddresses = addresses;
    int[] oldCaches = caches;
    addresses = new long[2 * oldAddresses.length];
    caches = new int[2 * oldAddresses.length];
    for (int i = 0; i < oldAddresses.length; i++) {
      if (oldAddresses[i] != 0) {
        int at = slotOf(oldAddresses[i]);
        addresses[at] = oldAddresses[i];
        caches[at] = oldCaches[i];
      }
    }
  }
}
