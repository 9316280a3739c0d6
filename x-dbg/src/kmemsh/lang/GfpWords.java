package kmemsh.lang;

import kmemsh.view.Gfp;

/** GFP masks as typed: kernel names and numbers joined with {@code |}. */
public final class GfpWords {
  private GfpWords() {}

  /**
   * Reads a mask.
   *
   * @throws LineError when a part is neither a name nor a number, or has bits no mask has
   */
  public static int parse(String word) {
    int mask = 0;
    int start = 0;
    while (start <= word.length()) {
      int bar = word.indexOf('|', start);
      int stop = bar < 0 ? word.length() : bar;
      mask |= part(word, word.substring(start, stop));
      start = stop + 1;
    }
    return mask;
  }

  private static int part(String word, String part) {
    int named = Gfp.parseName(part);
    if (named >= 0) {
      return named;
    }
    if (part.isEmpty() || part.charAt(0) < '0' || part.charAt(0) > '9') {
      String near = Suggest.nearest(part, Gfp.names());
      throw new LineError(
          (part.isEmpty() ? "an empty name in " + Words.show(word) : Words.show(part))
              + " is no GFP flag: flags are GFP_KERNEL, GFP_ATOMIC, __GFP_ZERO, ... or a number",
          near);
    }
    long bits = Numbers.parse(part);
    if ((bits & ~Gfp.VALID) != 0) {
      throw new LineError(
          Words.show(part)
              + " has bits that no GFP mask has: a mask is at most 0x"
              + Integer.toHexString(Gfp.VALID));
    }
    return (int) bits;
  }
}
