package kmemsh.replay;

/**
 * The blocks a scenario holds, so that a corrupt recording cannot free what it does not own.
 *
 * <pre>
 *   chunks  [nrChunks][CHUNK_FRAMES]  order + 1 of the block that begins here, 0 elsewhere
 * </pre>
 */
final class HeldPages {
  private static final int CHUNK_SHIFT = 14;
  private static final int CHUNK_FRAMES = 1 << CHUNK_SHIFT;
  private static final int IN_CHUNK = CHUNK_FRAMES - 1;

  private final byte[][] chunks;

  HeldPages(int nrFrames) {
    chunks = new byte[(nrFrames >>> CHUNK_SHIFT) + 1][];
  }

  void add(int pfn, int order) {
    byte[] chunk = chunks[pfn >>> CHUNK_SHIFT];
    if (chunk == null) {
      chunk = new byte[CHUNK_FRAMES];
      chunks[pfn >>> CHUNK_SHIFT] = chunk;
    }
    chunk[pfn & IN_CHUNK] = (byte) (order + 1);
  }

  /** Holds {@code nr} single pages from {@code pfn} on. */
  void addSingles(int pfn, int nr) {
    for (int i = 0; i < nr; i++) {
      add(pfn + i, 0);
    }
  }

  /** Lets go of a block, or returns false when there is no such block. */
  boolean remove(int pfn, int order) {
    byte[] chunk = chunks[pfn >>> CHUNK_SHIFT];
    if (chunk == null || chunk[pfn & IN_CHUNK] != order + 1) {
      return false;
    }
    chunk[pfn & IN_CHUNK] = 0;
    return true;
  }

  /** Lets go of {@code nr} single pages; false when one of them is not held. */
  boolean removeSingles(int pfn, long nr) {
    if (pfn + nr > (long) chunks.length << CHUNK_SHIFT) {
      return false;
    }
    for (int i = 0; i < nr; i++) {
      if (!remove(pfn + i, 0)) {
        return false;
      }
    }
    return true;
  }

  /** Turns a block into single pages, or returns false when there is no such block. */
  boolean split(int pfn, int order) {
    if (!remove(pfn, order)) {
      return false;
    }
    addSingles(pfn, 1 << order);
    return true;
  }
}
