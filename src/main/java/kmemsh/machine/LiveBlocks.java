package kmemsh.machine;

import java.util.Arrays;

/**
 * The blocks that SLOB handed out, which SLOB itself does not know: address and owner, a cache's
 * number or {@link #KMALLOC}, in a table with open addressing.
 */
final class LiveBlocks {
  static final int NONE = -2;
  static final int KMALLOC = -1;

  private static final int FIRST_ROOM = 64;

  private long[] addresses = new long[FIRST_ROOM];
  private int[] owners = new int[FIRST_ROOM];
  private int size;

  /** The table at one moment. */
  record State(long[] addresses, int[] owners, int size) {}

  private int slot(long address) {
    int at = Long.hashCode(address * 0x9e3779b97f4a7c15L) & (addresses.length - 1);
    while (addresses[at] != 0 && addresses[at] != address) {
      at = (at + 1) & (addresses.length - 1);
    }
    return at;
  }

  /** Who owns the block that begins at {@code address}, or {@link #NONE}. */
  int owner(long address) {
    int at = slot(address);
    return addresses[at] == address && address != 0 ? owners[at] : NONE;
  }

  /** How many blocks {@code owner} has. */
  long count(int owner) {
    long nr = 0;
    for (int i = 0; i < addresses.length; i++) {
      nr += addresses[i] != 0 && owners[i] == owner ? 1 : 0;
    }
    return nr;
  }

  void add(long address, int owner) {
    if (2 * (size + 1) > addresses.length) {
      grow();
    }
    int at = slot(address);
    size += addresses[at] == 0 ? 1 : 0;
    addresses[at] = address;
    owners[at] = owner;
  }

  private void grow() {
    long[] oldAddresses = addresses;
    int[] oldOwners = owners;
    addresses = new long[2 * oldAddresses.length];
    owners = new int[addresses.length];
    for (int i = 0; i < oldAddresses.length; i++) {
      if (oldAddresses[i] != 0) {
        int at = slot(oldAddresses[i]);
        addresses[at] = oldAddresses[i];
        owners[at] = oldOwners[i];
      }
    }
  }

  /** Forgets a block; the entries behind it move up so that they are found again. */
  void remove(long address) {
    int at = slot(address);
    if (addresses[at] == 0) {
      return;
    }
    addresses[at] = 0;
    size--;
    int next = (at + 1) & (addresses.length - 1);
    while (addresses[next] != 0) {
      long moved = addresses[next];
      int owner = owners[next];
      addresses[next] = 0;
      int to = slot(moved);
      addresses[to] = moved;
      owners[to] = owner;
      next = (next + 1) & (addresses.length - 1);
    }
  }

  State checkpoint() {
    return new State(addresses.clone(), owners.clone(), size);
  }

  void restore(State state) {
    addresses = Arrays.copyOf(state.addresses, state.addresses.length);
    owners = state.owners.clone();
    size = state.size;
  }
}
