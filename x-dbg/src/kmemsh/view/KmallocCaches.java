package kmemsh.view;

import java.util.List;

/**
 * Which cache serves a kmalloc of some bytes.
 *
 * @param allocator slab, slub or slob
 * @param maxBytes largest request at all
 * @param rows ascending sizes; empty for SLOB, whose kmalloc has no caches
 */
public record KmallocCaches(String allocator, int maxBytes, List<Row> rows) {
  /**
   * Requests of {@code from} to {@code to} bytes.
   *
   * @param caches the normal one, then the reclaimable one and that of the DMA zone
   */
  public record Row(int from, int to, List<CacheInfo> caches) {}
}
