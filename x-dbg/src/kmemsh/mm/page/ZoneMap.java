package kmemsh.mm.page;

import kmemsh.base.Fill;

/**
 * Which zone a frame belongs to.
 *
 * <pre>
 *   ofChunk  [nrFrames / 4096]  zone number, or MIXED where several zones or none share the chunk
 * </pre>
 */
final class ZoneMap {
  static final int NONE = -1;

  private static final int CHUNK_SHIFT = 12;
  private static final byte MIXED = -1;

  private final Zone[] zones;
  private final byte[] ofChunk;

  ZoneMap(int nrFrames, Zone[] zones) {
    this.zones = zones;
    ofChunk = new byte[(nrFrames >>> CHUNK_SHIFT) + 1];
    Fill.bytes(ofChunk, 0, ofChunk.length, MIXED);
    for (int z = 0; z < zones.length; z++) {
      int first = (zones[z].zoneStartPfn + (1 << CHUNK_SHIFT) - 1) >>> CHUNK_SHIFT;
      int end = zones[z].endPfn >>> CHUNK_SHIFT;
      Fill.bytes(ofChunk, first, Math.max(first, end), (byte) z);
      if (!overlaps(zones[z])) {
        zones[z].plainStart = first << CHUNK_SHIFT;
        zones[z].plainEnd = Math.max(first, end) << CHUNK_SHIFT;
      }
    }
  }

  private boolean overlaps(Zone zone) {
    for (Zone other : zones) {
      if (other != zone && other.zoneStartPfn < zone.endPfn && zone.zoneStartPfn < other.endPfn) {
        return true;
      }
    }
    return false;
  }

  /** The number of the zone whose span contains {@code pfn}, or {@link #NONE}. */
  int zoneOf(int pfn) {
    int z = ofChunk[pfn >>> CHUNK_SHIFT];
    return z >= 0 ? z : search(pfn);
  }

  private int search(int pfn) {
    for (int z = 0; z < zones.length; z++) {
      if (zones[z].spans(pfn)) {
        return z;
      }
    }
    return NONE;
  }
}
