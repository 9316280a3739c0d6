package kmemsh.view;

import java.util.List;

/**
 * Zones with their watermarks and reserves.
 *
 * @param zones populated zones in kernel order
 */
public record ZoneInfo(List<Zone> zones) {

  /**
   * One zone. Numbers are pages.
   *
   * @param nid its node, or -1 on a machine with one node
   * @param zone kernel name
   * @param zoneStartPfn first frame of the span
   * @param zoneEndPfn frame behind the span
   * @param presentPages RAM in the span
   * @param managedPages RAM the allocator was given
   * @param freePages pages on the free lists, as watermark checks read the counter
   * @param pcpPages pages on the per-CPU lists
   * @param min watermark, boost included
   * @param low watermark, boost included
   * @param high watermark, boost included
   * @param boost what stealing added to the watermarks for a while
   * @param highatomicPages pages in pageblocks reserved for atomic requests of order 1 and more
   * @param cmaPages pages of contiguous-memory areas
   * @param lowmemReserve what this zone keeps from requests that could use a higher zone
   */
  public record Zone(
      int nid,
      String zone,
      int zoneStartPfn,
      int zoneEndPfn,
      int presentPages,
      int managedPages,
      long freePages,
      long pcpPages,
      long min,
      long low,
      long high,
      long boost,
      long highatomicPages,
      int cmaPages,
      List<Reserve> lowmemReserve) {}

  /**
   * Pages kept from a kind of request.
   *
   * @param zone the highest zone of the request
   * @param pages how many pages must stay free on top of the watermark
   */
  public record Reserve(String zone, long pages) {}
}
