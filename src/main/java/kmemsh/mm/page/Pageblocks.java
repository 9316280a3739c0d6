package kmemsh.mm.page;

import kmemsh.base.ByteColumn;
import kmemsh.view.Migratetype;

/**
 * The migratetype of every pageblock.
 *
 * <p>With sparse memory there is one entry for each pageblock of physical memory. Without, every
 * zone has a map of its own: where two zones meet inside a pageblock, each has its own entry.
 *
 * <pre>
 *   types  one byte a pageblock; ABSENT where there is no memory map; 0 = Unmovable at first
 * </pre>
 *
 * <p>Spec: page-allocator.md 1.2, 2.2
 */
final class Pageblocks {
  static final int ABSENT = 0xff;

  private final int order;
  private final ByteColumn types;
  private final Zone[] zones;

  Pageblocks(PageConfig config, Zone[] zones) {
    order = config.pageblockOrder();
    this.zones = zones;
    int rows = 0;
    for (int i = 0; i < zones.length; i++) {
      Zone zone = zones[i];
      int first = zone.zoneStartPfn >>> order;
      zone.pageblockBase = config.sparse() ? 0 : rows - first;
      if (zone.endPfn > zone.zoneStartPfn) {
        rows += ((zone.endPfn - 1) >>> order) + 1 - first;
      }
    }
    int all = ((config.nrFrames() - 1) >>> order) + 1;
    types = ByteColumn.of(Math.max(1, config.sparse() ? all : rows), 0);
  }

  int pages() {
    return 1 << order;
  }

  int startOf(int pfn) {
    return pfn & -(1 << order);
  }

  int type(int zone, int pfn) {
    return type(zones[zone], pfn);
  }

  int type(Zone zone, int pfn) {
    return types.get(zone.pageblockBase + (pfn >>> order));
  }

  /**
   * The type of a frame, by branches instead of by value: what follows need not wait until the type
   * of a block that was only just found has been read.
   */
  int predictedType(Zone zone, int pfn) {
    int type = type(zone, pfn);
    if (type == Migratetype.MIGRATE_UNMOVABLE) {
      return Migratetype.MIGRATE_UNMOVABLE;
    }
    if (type == Migratetype.MIGRATE_MOVABLE) {
      return Migratetype.MIGRATE_MOVABLE;
    }
    if (type == Migratetype.MIGRATE_RECLAIMABLE) {
      return Migratetype.MIGRATE_RECLAIMABLE;
    }
    if (type == Migratetype.MIGRATE_HIGHATOMIC) {
      return Migratetype.MIGRATE_HIGHATOMIC;
    }
    return type == Migratetype.MIGRATE_CMA ? Migratetype.MIGRATE_CMA : Migratetype.MIGRATE_ISOLATE;
  }

  void setType(int zone, int pfn, int migratetype) {
    types.set(zones[zone].pageblockBase + (pfn >>> order), migratetype);
  }

  /** Sets the type of every pageblock whose first pfn lies in {@code [start, end)}. */
  void fill(int zone, int start, int end, int migratetype) {
    int first = (start + pages() - 1) >>> order;
    int last = (end + pages() - 1) >>> order;
    if (first < last) {
      int base = zones[zone].pageblockBase;
      types.fill(base + first, base + last, migratetype);
    }
  }

  /** How many pageblocks a zone has, counted from the one that contains its first pfn. */
  int count(Zone zone) {
    if (zone.endPfn == zone.zoneStartPfn) {
      return 0;
    }
    return ((zone.endPfn - 1) >>> order) + 1 - (zone.zoneStartPfn >>> order);
  }

  /** The type of pageblock {@code index} of a zone, or -1 where there is no memory map. */
  int typeOfIndex(Zone zone, int index) {
    int type = types.get(zone.pageblockBase + (zone.zoneStartPfn >>> order) + index);
    return type == ABSENT ? -1 : type;
  }

  void setTypeOfIndex(Zone zone, int index, int migratetype) {
    types.set(
        zone.pageblockBase + (zone.zoneStartPfn >>> order) + index,
        migratetype < 0 ? ABSENT : migratetype);
  }

  ByteColumn.State checkpoint() {
    return types.checkpoint();
  }

  void restore(ByteColumn.State state) {
    types.restore(state);
  }

  static boolean isMergeable(int migratetype) {
    return migratetype < Migratetype.MIGRATE_PCPTYPES;
  }
}
