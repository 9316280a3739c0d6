package kmemsh.machine;

/**
 * Options of an i386 kernel that move its addresses.
 *
 * @param split user's share of the space: 3G, 3G_OPT, 2G, 2G_OPT or 1G
 * @param vmallocBytes {@code vmalloc=}, or 0 when it was not typed
 * @param highmemBytes {@code highmem=}, or {@link #NOT_GIVEN}
 */
public record AddressOptions(String split, long vmallocBytes, long highmemBytes) {
  public static final long NOT_GIVEN = -1;
  public static final AddressOptions DEFAULT = new AddressOptions("3G", 0, NOT_GIVEN);

  /** Whatever the machine has; for {@link MachineOptions} only. */
  public static final AddressOptions OWN = new AddressOptions("", 0, NOT_GIVEN);

  private static final String[] SPLITS = {"3G", "3G_OPT", "2G", "2G_OPT", "1G"};
  private static final long[] OFFSETS = {
    0xc0000000L, 0xb0000000L, 0x80000000L, 0x78000000L, 0x40000000L
  };

  /** First kernel address of a split, or 0 for a word that is none. */
  public static long pageOffset(String split) {
    for (int i = 0; i < SPLITS.length; i++) {
      if (SPLITS[i].equals(split)) {
        return OFFSETS[i];
      }
    }
    return 0;
  }

  /** First kernel address. */
  public long pageOffset() {
    return pageOffset(split);
  }
}
