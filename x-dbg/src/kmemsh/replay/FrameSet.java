package kmemsh.replay;

/** A set of page frames that takes whole blocks: one bit a frame. */
final class FrameSet {
  private static final int WORD_FRAMES = 64;

  private final long[] words;

  FrameSet(int nrFrames) {
    words = new long[(nrFrames + WORD_FRAMES - 1) / WORD_FRAMES];
  }

  /**
   * Adds {@code size} frames, a power of two that {@code pfn} is a multiple of.
   *
   * @return false when one of them is there already; then some may have been added
   */
  boolean add(int pfn, int size) {
    if (size < WORD_FRAMES) {
      return addBits(pfn / WORD_FRAMES, ((1L << size) - 1) << (pfn % WORD_FRAMES));
    }
    for (int word = pfn / WORD_FRAMES; word < (pfn + size) / WORD_FRAMES; word++) {
      if (!addBits(word, -1)) {
        return false;
      }
    }
    return true;
  }

  private boolean addBits(int word, long bits) {
    boolean free = (words[word] & bits) == 0;
    words[word] |= bits;
    return free;
  }

  boolean has(int pfn) {
    int word = pfn / WORD_FRAMES;
    return word < words.length && (words[word] >>> (pfn % WORD_FRAMES) & 1) != 0;
  }
}
