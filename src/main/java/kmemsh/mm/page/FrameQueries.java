package kmemsh.mm.page;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import kmemsh.view.Addr;
import kmemsh.view.Fragmentation;
import kmemsh.view.Frame;
import kmemsh.view.MemMap;
import kmemsh.view.Migratetype;
import kmemsh.view.PageBlock;
import kmemsh.view.PageInfo;
import kmemsh.view.WhatIs;

/**
 * Snapshots of page frames: who has one, what its struct page says, how memory is laid out. Reads
 * only.
 *
 * <p>Spec: page-allocator.md 12
 */
public final class FrameQueries {
  private static final int SECTION_SHIFT = 15;
  private static final int ZONE_SHIFT_FLAT = 30;
  private static final int SECTION_FIELD = 45;
  private static final int ZONE_BITS = 2;
  private static final int NODE_BITS = 2;
  private static final int PG_LRU = 4;
  private static final int PG_SLAB = 9;
  private static final int PG_RESERVED = 12;
  private static final int PG_HEAD = 16;
  private static final int BUDDY_TYPE = 0xffffff7f;
  private static final String TAIL_MAPPING_I386 = "0x400";
  private static final String TAIL_MAPPING_X86_64 = "0xdead000000000400";

  private final PageAllocator pages;
  private final PageFrames frames;
  private final FreeBlockQueries zones;
  private final LinearMap linearMap;
  private final int[] ram;

  /**
   * @param ram pairs of first frame and end frame of RAM, ascending
   */
  public FrameQueries(PageAllocator pages, LinearMap linearMap, int[] ram) {
    this.pages = pages;
    this.frames = pages.frames;
    this.zones = new FreeBlockQueries(pages);
    this.linearMap = linearMap;
    this.ram = ram;
  }

  /** One past the last frame of the machine. */
  public int endPfn() {
    return frames.nrFrames();
  }

  public LinearMap linearMap() {
    return linearMap;
  }

  boolean isRam(int pfn) {
    int i = 0;
    while (i < ram.length && pfn >= ram[i + 1]) {
      i += 2;
    }
    return i < ram.length && pfn >= ram[i];
  }

  /** The first frame of RAM behind a hole. */
  int nextRam(int pfn) {
    int i = 0;
    while (i < ram.length && ram[i] <= pfn) {
      i += 2;
    }
    return i < ram.length ? ram[i] : frames.nrFrames();
  }

  /**
   * Whether a frame has a struct page: all have one with a flat memory map, with sparse memory
   * those of sections that have RAM. Spec: page-allocator.md 2.2
   */
  public boolean hasStruct(int pfn) {
    if (pfn < 0 || pfn >= frames.nrFrames()) {
      return false;
    }
    return hasDescriptors(pfn >>> SECTION_SHIFT << SECTION_SHIFT);
  }

  /** Whether the section that begins at a frame has struct pages. */
  boolean hasDescriptors(int section) {
    if (!pages.config.sparse() || isRam(section)) {
      return true;
    }
    int next = nextRam(section);
    return next < frames.nrFrames() && next < section + (1 << SECTION_SHIFT);
  }

  /** The zone in a frame's flags: that of the next RAM where no zone spans it; null without. */
  private Zone structZone(int pfn) {
    Zone zone = zone(pfn);
    return zone == null && hasStruct(pfn) ? zone(nextRam(pfn)) : zone;
  }

  /** The zone that spans a frame, or null. */
  Zone zone(int pfn) {
    int z = pfn < 0 || pfn >= frames.nrFrames() ? ZoneMap.NONE : pages.zoneMap.zoneOf(pfn);
    return z == ZoneMap.NONE ? null : pages.zones[z];
  }

  /** Kernel name of the zone that spans a frame, or empty. */
  public String zoneName(int pfn) {
    Zone zone = zone(pfn);
    return zone == null ? "" : zone.name;
  }

  /** Node of a frame, -1 on a machine with one node or outside all zones. */
  public int nid(int pfn) {
    Zone zone = zone(pfn);
    return zone == null ? -1 : zones.nid(zone);
  }

  /** The result of a call that handed out {@code 1 << order} pages from {@code pfn} on. */
  public PageBlock block(int pfn, int order) {
    Zone zone = structZone(pfn);
    int type = pages.buddy.blocks.type(zone.id, pfn);
    long virt = linearMap.virtOf(pfn);
    return new PageBlock(
        pfn,
        order,
        zones.nid(zone),
        zone.name,
        type == Pageblocks.ABSENT ? "" : Migratetype.name(type),
        virt == 0 ? null : new Addr(virt));
  }

  /** Who has a frame; also for numbers beyond the machine. */
  public Frame frame(int pfn) {
    if (pfn < 0 || pfn >= frames.nrFrames() || !isRam(pfn)) {
      return new Frame(pfn, Frame.HOLE, pfn, 0, "", -1);
    }
    int hugeOrder = pages.config.pageblockOrder();
    int head = frames.headOf(pfn, hugeOrder);
    if (head < 0) {
      return new Frame(pfn, Frame.RESERVED, pfn, 0, "", -1);
    }
    int order = frames.freeOrder(head);
    if (order >= 0) {
      String type = Migratetype.name(frames.listType(head, order));
      return new Frame(pfn, Frame.FREE, head, order, type, -1);
    }
    String cached = Migratetype.name(frames.cachedType(head));
    order = frames.pcpOrder(head, hugeOrder);
    if (order >= 0) {
      return new Frame(pfn, Frame.PCP, head, order, cached, cpuOf(head));
    }
    boolean tables = frames.hasFlag(head, PageFrames.FLAG_KERNEL);
    String owner = tables ? Frame.TABLES : Frame.ALLOCATED;
    return new Frame(pfn, owner, head, frames.allocatedOrder(head), cached, -1);
  }

  private int cpuOf(int pfn) {
    Zone zone = zone(pfn);
    for (int cpu = 0; cpu < zone.pcps.length; cpu++) {
      if (pcpListOf(zone.pcps[cpu], pfn) != null) {
        return cpu;
      }
    }
    return -1;
  }

  private static int[] pcpListOf(PerCpuPages pcp, int pfn) {
    for (PcpList list : pcp.lists) {
      for (int i = 0; list != null && i < list.size(); i++) {
        if (list.get(i) == pfn) {
          return list.toArray();
        }
      }
    }
    return null;
  }

  /** What struct page of a frame says that is no slab. */
  public PageInfo page(int pfn) {
    return page(pfn, "");
  }

  /**
   * What struct page of a frame says.
   *
   * @param slab name of the cache that has the page in a slab, or empty
   */
  public PageInfo page(int pfn, String slab) {
    Frame frame = frame(pfn);
    Zone zone = structZone(pfn);
    int type = zone == null ? Pageblocks.ABSENT : pages.buddy.blocks.type(zone.id, pfn);
    long virt = linearMap.virtOf(pfn);
    boolean head = pfn == frame.head();
    boolean freeHead = head && frame.owner().equals(Frame.FREE);
    boolean compound = frames.nrFrames() > frame.head() && isCompound(frame);
    boolean tail = compound && !head;
    int[] neighbours = neighbours(frame);
    return new PageInfo(
        frame,
        zone == null ? -1 : zones.nid(zone),
        zone == null ? "" : zone.name,
        new Addr((long) pfn << 12),
        virt == 0 ? null : new Addr(virt),
        pages.buddy.blocks.startOf(pfn),
        type == Pageblocks.ABSENT ? "" : Migratetype.name(type),
        flags(frame, zone, compound, head && !slab.isEmpty()),
        refcount(frame),
        freeHead ? BUDDY_TYPE + 1 : 0,
        freeHead ? "0xffffff7f" : "0xffffffff",
        freeHead ? frame.order() : 0,
        head && !freeHead ? index(frame) : 0,
        neighbours[0],
        neighbours[1],
        tail ? frame.head() : -1,
        tail ? (pages.config.sparse() ? TAIL_MAPPING_X86_64 : TAIL_MAPPING_I386) : "NULL",
        tail && pfn == frame.head() + 1 ? frame.order() : -1,
        slab,
        hasStruct(pfn),
        List.of());
  }

  private boolean isCompound(Frame frame) {
    return frame.order() > 0
        && frame.owner().equals(Frame.ALLOCATED)
        && frames.hasFlag(frame.head(), PageFrames.FLAG_COMPOUND);
  }

  private static int refcount(Frame frame) {
    boolean free = frame.owner().equals(Frame.FREE) || frame.owner().equals(Frame.PCP);
    return free || frame.pfn() != frame.head() ? 0 : 1;
  }

  private int index(Frame frame) {
    boolean cached = frame.owner().equals(Frame.PCP) || frame.owner().equals(Frame.ALLOCATED);
    return cached ? frames.cachedType(frame.head()) : 0;
  }

  /** Spec: page-allocator.md 12.2, 12.3 */
  private String flags(Frame frame, Zone zone, boolean compound, boolean slab) {
    boolean reserved = frame.owner().equals(Frame.RESERVED) || frame.owner().equals(Frame.HOLE);
    boolean lru = !reserved && frames.hasFlag(frame.pfn(), PageFrames.FLAG_LRU);
    boolean head = compound && frame.pfn() == frame.head();
    long bits = lru ? 1L << PG_LRU : 0;
    bits |= slab ? 1L << PG_SLAB : 0;
    bits |= reserved ? 1L << PG_RESERVED : 0;
    bits |= head ? 1L << PG_HEAD : 0;
    StringBuilder names = new StringBuilder();
    names.append(lru ? "lru|" : "").append(slab ? "slab|" : "");
    names.append(reserved ? "reserved|" : "").append(head ? "head|" : "");
    int index = zone == null ? 0 : zone.index;
    if (!pages.config.sparse()) {
      bits |= (long) index << ZONE_SHIFT_FLAT;
    } else {
      int section = frame.pfn() >>> SECTION_SHIFT;
      int zoneShift = SECTION_FIELD - ZONE_BITS;
      names.append("section=").append(section).append('|');
      if (pages.config.numa()) {
        int nid = zone == null ? 0 : zone.nid;
        bits |= (long) nid << (SECTION_FIELD - NODE_BITS);
        zoneShift -= NODE_BITS;
        names.append("node=").append(nid).append('|');
      }
      bits |= (long) section << SECTION_FIELD | (long) index << zoneShift;
    }
    return "0x" + Long.toHexString(bits) + "(" + names + "zone=" + index + ")";
  }

  /** The frames before and behind the head of a block on its list. */
  private int[] neighbours(Frame frame) {
    int[] none = {PageInfo.NO_LIST, PageInfo.NO_LIST};
    if (frame.pfn() != frame.head()) {
      return none;
    }
    int[] list = list(frame);
    for (int i = 0; i < list.length; i++) {
      if (list[i] == frame.pfn()) {
        return new int[] {i == 0 ? -1 : list[i - 1], i + 1 == list.length ? -1 : list[i + 1]};
      }
    }
    return none;
  }

  /** The free or per-CPU list on which a block is; empty when it is on none. */
  private int[] list(Frame frame) {
    Zone zone = zone(frame.head());
    if (frame.owner().equals(Frame.FREE)) {
      int type = frames.listType(frame.head(), frame.order());
      return new PageStates(pages).freeList(zone, frame.order(), type);
    }
    return frame.owner().equals(Frame.PCP) && frame.cpu() >= 0
        ? pcpListOf(zone.pcps[frame.cpu()], frame.head())
        : new int[0];
  }

  /** What a frame is, with its place on its list and its neighbours in memory. */
  public WhatIs whatIs(long asked, boolean isPfn, String region, int pfn) {
    int offset = isPfn ? 0 : (int) (asked & 0xfff);
    Addr address = new Addr(asked);
    if (pfn < 0 || pfn >= frames.nrFrames()) {
      return new WhatIs(address, isPfn, region, offset, null, null, null, -1);
    }
    PageInfo page = page(pfn);
    Frame frame = page.frame();
    int above = frame.head() + (1 << frame.order());
    int place = indexOf(list(frame), frame.head());
    return new WhatIs(
        address,
        isPfn,
        region,
        offset,
        page,
        frame.head() == 0 ? null : frame(frame.head() - 1),
        above >= frames.nrFrames() ? null : frame(above),
        place);
  }

  private static int indexOf(int[] list, int pfn) {
    for (int i = 0; i < list.length; i++) {
      if (list[i] == pfn) {
        return i;
      }
    }
    return -1;
  }

  /** A map of {@code [start, end)}, drawn zone by zone; {@code name} limits it to zones. */
  public MemMap memMap(String name, int start, int end, int mark) {
    List<MemMap.Span> spans = new ArrayList<>();
    int from = end;
    int to = start;
    for (Zone zone : zones.zones(name)) {
      int first = Math.max(start, zone.zoneStartPfn);
      int last = Math.min(end, zone.endPfn);
      if (first < last) {
        spans.add(new MemMap.Span(zones.nid(zone), zone.name, first, last));
        from = Math.min(from, first);
        to = Math.max(to, last);
      }
    }
    return runs(spans, from, Math.max(from, to), mark);
  }

  private MemMap runs(List<MemMap.Span> spans, int start, int end, int mark) {
    StringBuilder states = new StringBuilder();
    int[] starts = new int[64];
    FrameWalk walk = new FrameWalk(pages, this, start, end);
    while (walk.next()) {
      starts = run(starts, states, walk.pfn, walk.letter);
      if (walk.letter == MemMap.ALLOCATED && walk.length > 1) {
        starts = run(starts, states, walk.pfn + 1, MemMap.TAIL);
      }
    }
    int[] exact = Arrays.copyOf(starts, states.length());
    return new MemMap(spans, start, end, mark, exact, states.toString());
  }

  private static int[] run(int[] starts, StringBuilder states, int pfn, char letter) {
    int nr = states.length();
    if (nr > 0 && states.charAt(nr - 1) == letter) {
      return starts;
    }
    int[] room = nr == starts.length ? Arrays.copyOf(starts, 2 * nr) : starts;
    room[nr] = pfn;
    states.append(letter);
    return room;
  }

  /** How broken up the free memory of the zones called {@code name} is. */
  public Fragmentation fragmentation(String name) {
    List<Fragmentation.Zone> rows = new ArrayList<>();
    for (Zone zone : zones.zones(name)) {
      int[] allocated = new int[PageFrames.NR_ORDERS];
      FrameWalk walk = new FrameWalk(pages, this, zone.zoneStartPfn, zone.endPfn);
      while (walk.next()) {
        if (walk.letter == MemMap.ALLOCATED) {
          allocated[walk.order]++;
        }
      }
      long waste = 0;
      for (int order = 2; order < allocated.length; order++) {
        waste += (long) allocated[order] * ((1 << (order - 1)) - 1);
      }
      rows.add(
          new Fragmentation.Zone(
              zones.nid(zone),
              zone.name,
              FreeBlockQueries.listedPages(zone),
              PageQueries.largestOrder(zone),
              zone.nrFree().clone(),
              FragmentationIndex.unusable(zone.nrFree()),
              FragmentationIndex.extfrag(zone.nrFree()),
              allocated,
              waste));
    }
    return new Fragmentation(rows);
  }
}
