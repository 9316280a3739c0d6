package kmemsh.machine;

import java.util.Arrays;

/**
 * Ranges of frames from ranges of bytes.
 *
 * <p>Spec: page-allocator.md 2.1
 */
final class Ranges {
  private Ranges() {}

  /** Pairs of first and end pfn of RAM. */
  static int[] ramPfns(Profile profile) {
    int[] pfns = new int[2 * profile.ram().length];
    int nr = 0;
    for (long[] range : profile.ram()) {
      pfns[nr++] = (int) (range[0] >>> 12);
      pfns[nr++] = (int) Math.min(range[1] >>> 12, profile.maxPfn());
    }
    return pfns;
  }

  /** Pairs of first and end pfn of RAM no reservation touches. */
  static int[] freePfns(Profile profile) {
    int[] pfns = new int[2 * (profile.ram().length + profile.reserved().length + 1)];
    int nr = 0;
    int[] ram = ramPfns(profile);
    for (int i = 0; i < ram.length; i += 2) {
      int at = ram[i];
      for (long[] taken : profile.reserved()) {
        int start = (int) (taken[0] >>> 12);
        int end = (int) ((taken[1] + 4095) >>> 12);
        if (end <= at || start >= ram[i + 1]) {
          continue;
        }
        if (start > at) {
          pfns[nr++] = at;
          pfns[nr++] = start;
        }
        at = Math.max(at, end);
      }
      if (at < ram[i + 1]) {
        pfns[nr++] = at;
        pfns[nr++] = ram[i + 1];
      }
    }
    return Arrays.copyOf(pfns, nr);
  }
}
