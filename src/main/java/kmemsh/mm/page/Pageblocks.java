package kmemsh.mm.page;

import kmemsh.base.ByteColumn;
import kmemsh.base.Fill;
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
 * <p>Beside them stands what was found out since the last checkpoint about pageblocks that lie in
 * one zone alone: who gets their pages when they are freed. Where something is known, the chunk of
 * the frame columns was written since then, too.
 *
 * <pre>
 *   owners  one byte for 512 frames, NOBODY where nothing is known, else 1 + 4 * zone + type
 * </pre>
 *
 * <p>Spec: page-allocator.md 1.2, 2.2
 */
final class Pageblocks {
  static final int ABSENT = 0xff;

  /** No owner known: the whole way has to be gone. */
  static final int NOBODY = 0;

  static final int OWNER_SHIFT = 9;
  private static final int OWNER_TYPE_SHIFT = 2;
  private static final int OWNER_TYPES = (1 << OWNER_TYPE_SHIFT) - 1;

  private final int order;
  private final ByteColumn types;
  final byte[] owners;
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
    owners = new byte[((config.nrFrames() - 1) >>> OWNER_SHIFT) + 1];
  }

  /** The owner of the pageblocks of a zone that have one of the three mergeable types. */
  static int owner(Zone zone, int migratetype) {
    return 1 + (zone.id << OWNER_TYPE_SHIFT | migratetype);
  }

  static int zoneOfOwner(int owner) {
    return (owner - 1) >>> OWNER_TYPE_SHIFT;
  }

  static int typeOfOwner(int owner) {
    return (owner - 1) & OWNER_TYPES;
  }

  /** The known owner of a frame's pageblock, or {@link #NOBODY}. */
  int ownerOf(int pfn) {
    return owners[pfn >>> OWNER_SHIFT];
  }

  /**
   * Remembers the owner of a pageblock that lies in one zone and has a mergeable type, one of whose
   * frames was just written.
   */
  void setOwner(int pfn, int owner) {
    if (order >= OWNER_SHIFT && owner <= Byte.MAX_VALUE) {
      owners[pfn >>> OWNER_SHIFT] = (byte) owner;
    }
  }

  /** Forgets the owners of the pageblocks that begin in {@code [start, end)}. */
  private void forgetOwners(int start, int end) {
    int last = Math.min(owners.length, (end + (1 << OWNER_SHIFT) - 1) >>> OWNER_SHIFT);
    Fill.bytes(owners, start >>> OWNER_SHIFT, last, (byte) NOBODY);
  }

  int order() {
    return order;
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
    forgetOwners(startOf(pfn), startOf(pfn) + pages());
  }

  /** Sets the type of every pageblock whose first pfn lies in {@code [start, end)}. */
  void fill(int zone, int start, int end, int migratetype) {
    int first = (start + pages() - 1) >>> order;
    int last = (end + pages() - 1) >>> order;
    if (first < last) {
      int base = zones[zone].pageblockBase;
      types.fill(base + first, base + last, migratetype);
      forgetOwners(first << order, last << order);
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
    int block = (zone.zoneStartPfn >>> order) + index;
    types.set(zone.pageblockBase + block, migratetype < 0 ? ABSENT : migratetype);
    forgetOwners(block << order, (block + 1) << order);
  }

  ByteColumn.State checkpoint() {
    forgetOwners(0, owners.length << OWNER_SHIFT);
    return types.checkpoint();
  }

  void restore(ByteColumn.State state) {
    types.restore(state);
    forgetOwners(0, owners.length << OWNER_SHIFT);
  }

  static boolean isMergeable(int migratetype) {
    return migratetype < Migratetype.MIGRATE_PCPTYPES;
  }
}
