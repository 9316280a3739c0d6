package kmemsh.machine;

import java.util.ArrayList;
import java.util.List;
import kmemsh.base.RangeTree;
import kmemsh.mm.vmalloc.AddressLayout;
import kmemsh.mm.vmalloc.PageTables;
import kmemsh.mm.vmalloc.Pte;
import kmemsh.mm.vmalloc.Vmalloc;
import kmemsh.mm.vmalloc.VmapAreas;
import kmemsh.mm.vmalloc.Walk;
import kmemsh.view.Addr;
import kmemsh.view.AreaInfo;
import kmemsh.view.AreaPage;
import kmemsh.view.AreaResult;
import kmemsh.view.DmaInfo;
import kmemsh.view.KmemAreas;
import kmemsh.view.PageInfo;
import kmemsh.view.PhysToVirt;
import kmemsh.view.SysctlTable;
import kmemsh.view.TableWalk;
import kmemsh.view.TablesInUse;
import kmemsh.view.VmallocInfo;

/** Snapshots of the kernel's address space for those who look at it. Reads only. */
public final class SpaceQueries {
  private static final int PAGE_SHIFT = 12;
  private static final long PAGE_BYTES = 1L << PAGE_SHIFT;
  private static final int MOST_PIECES = 8;
  private static final long ISA_END = 1L << 24;
  private static final long END_32 = 1L << 32;
  private static final String CALLER = "kmemsh_run+0x1d/0x40 [kmemsh]";
  private static final String[] FLAG_NAMES = {
    "PRESENT", "RW", "USER", "PWT", "PCD", "ACCESSED", "DIRTY", "PSE", "GLOBAL"
  };

  private final Machine machine;
  private final AddressSpace space;
  private final PageTables tables;
  private final AddressLayout layout;

  /** Looks at {@code machine} as it is at this moment. */
  public SpaceQueries(Machine machine) {
    this.machine = machine;
    space = machine.space();
    tables = space.tables();
    layout = space.layout();
  }

  private Vmalloc vmalloc() {
    return space.map().vmalloc();
  }

  // Areas.

  /** The area around {@code address}, or 0. */
  private int areaAt(long address) {
    return vmalloc() == null ? 0 : vmalloc().areas().find(address);
  }

  private String kind(int area) {
    int flags = vmalloc().structs().flags(area);
    if ((flags & Vmalloc.VM_ALLOC) != 0) {
      return "vmalloc";
    }
    if ((flags & Vmalloc.VM_IOREMAP) != 0) {
      return "ioremap";
    }
    return (flags & Vmalloc.VM_MAP) != 0 ? "vmap" : "vm_map_ram";
  }

  private boolean isGuarded(int area) {
    return vmalloc().structs().has(area)
        && (vmalloc().structs().flags(area) & Vmalloc.VM_NO_GUARD) == 0;
  }

  /** What a call gave at {@code address}, which is in an area. */
  public AreaResult taken(long address, long askedBytes) {
    int area = areaAt(address);
    VmapAreas areas = vmalloc().areas();
    long start = areas.start(area);
    boolean guard = isGuarded(area);
    int ram = space.ramPages(address);
    long first = ram > 0 ? address : start;
    int nrPages =
        ram > 0 ? ram : (int) ((areas.end(area) - start) >>> PAGE_SHIFT) - (guard ? 1 : 0);
    int nrRuns = 0;
    int before = Machine.NO_PFN;
    List<String> zones = new ArrayList<>();
    for (int i = 0; i < nrPages; i++) {
      int pfn = tables.pfn(first + ((long) i << PAGE_SHIFT));
      nrRuns += pfn == before + 1 && before >= 0 ? 0 : 1;
      before = pfn;
      String zone = pfn < 0 || pfn >= machine.nrFrames() ? "" : machine.zoneName(pfn);
      if (!zone.isEmpty() && !zones.contains(zone)) {
        zones.add(zone);
      }
    }
    return new AreaResult(
        new Addr(address),
        askedBytes,
        new Addr(first),
        ram > 0 ? (long) ram << PAGE_SHIFT : areas.end(area) - start,
        guard,
        kind(area),
        nrPages,
        nrRuns,
        String.join(", ", zones));
  }

  /** What an address of the vmalloc range is. */
  public String place(long address) {
    int area = areaAt(address);
    if (area != 0) {
      VmapAreas areas = vmalloc().areas();
      long start = areas.start(area);
      String name = kind(area) + " area 0x" + Long.toHexString(start);
      if (isGuarded(area) && address - start >= areas.end(area) - start - PAGE_BYTES) {
        return "guard page of the " + name;
      }
      String page = name + ", page " + (((address - start) >>> PAGE_SHIFT) + 1);
      return vmalloc().structs().isPageArray(area) ? page + ", pointers to pages of another" : page;
    }
    if (space.isLazy(address)) {
      RangeTree lazy = vmalloc().areas().lazyTree();
      int node = lazy.find(address);
      return "freed addresses 0x"
          + Long.toHexString(lazy.start(node))
          + "..0x"
          + Long.toHexString(lazy.end(node) - 1)
          + " that wait for a purge";
    }
    return "vmalloc range, addresses that nobody has";
  }

  /** Who in the address space has a frame, or empty. */
  public String owner(int pfn) {
    if (space.isTable(pfn)) {
      for (TablesInUse.Table table : tables().tables()) {
        if (table.pfn() == pfn) {
          return tables.levelName(table.level())
              + " table of the kernel for 0x"
              + Long.toHexString(table.start().value())
              + ".., "
              + table.used()
              + " of "
              + table.nrEntries()
              + " entries used";
        }
      }
      return "";
    }
    long start = space.areaOfFrame(pfn);
    return start == 0 ? "" : "in the vmalloc area at 0x" + Long.toHexString(start);
  }

  /** The area around {@code address} with every page, or null when there is none. */
  public AreaInfo area(long address) {
    int area = areaAt(address);
    if (area == 0) {
      return null;
    }
    VmapAreas areas = vmalloc().areas();
    long start = areas.start(area);
    boolean guard = isGuarded(area);
    int nrPages = (int) ((areas.end(area) - start) >>> PAGE_SHIFT) - (guard ? 1 : 0);
    List<AreaPage> pages = new ArrayList<>();
    int nrRuns = 0;
    int before = Machine.NO_PFN;
    for (int i = 0; i < nrPages; i++) {
      long virt = start + ((long) i << PAGE_SHIFT);
      int pfn = tables.pfn(virt);
      nrRuns += pfn < 0 || (before >= 0 && pfn == before + 1) ? 0 : 1;
      before = pfn;
      boolean known = pfn >= 0 && pfn < machine.nrFrames();
      pages.add(new AreaPage(new Addr(virt), pfn, known ? machine.zoneName(pfn) : ""));
    }
    long arrayArea = vmalloc().structs().arrayArea(area);
    long object = vmalloc().structs().arrayObject(area);
    long array = arrayArea != 0 ? arrayArea : object == 0 ? 0 : machine.pageOffset() + object;
    long phys = vmalloc().structs().phys(area);
    return new AreaInfo(
        new Addr(start),
        areas.end(area) - start,
        guard,
        kind(area),
        vmalloc().structs().nrPages(area),
        array == 0 ? null : new Addr(array),
        arrayArea != 0,
        phys == 0 ? null : new Addr(phys),
        pages,
        nrRuns);
  }

  /** What /proc/vmallocinfo shows. */
  public VmallocInfo vmallocInfo() {
    List<VmallocInfo.Area> areas = new ArrayList<>();
    List<long[]> unpurged = new ArrayList<>();
    if (vmalloc() != null) {
      RangeTree busy = vmalloc().areas().busyTree();
      for (int area = busy.first(); area != RangeTree.NIL; area = busy.next(area)) {
        areas.add(line(area));
      }
      RangeTree lazy = vmalloc().areas().lazyTree();
      for (int node = lazy.first(); node != RangeTree.NIL; node = lazy.next(node)) {
        unpurged.add(new long[] {lazy.start(node), lazy.end(node)});
      }
    }
    boolean numa = machine.profile().numa();
    return new VmallocInfo(!layout.i386, layout.pae, numa, shownAddresses(), areas, unpurged);
  }

  private VmallocInfo.Addresses shownAddresses() {
    int restrict = machine.files().sysctls().value(SysctlTable.KPTR_RESTRICT);
    if (restrict == 2) {
      return VmallocInfo.Addresses.ZERO;
    }
    boolean real = restrict == 1 || machine.profile().noHashPointers();
    return real ? VmallocInfo.Addresses.REAL : VmallocInfo.Addresses.HASHED;
  }

  /** What {@code kmem -v} shows. */
  public KmemAreas kmemAreas() {
    List<KmemAreas.Area> list = new ArrayList<>();
    if (vmalloc() != null) {
      VmapAreas areas = vmalloc().areas();
      RangeTree busy = areas.busyTree();
      for (int area = busy.first(); area != RangeTree.NIL; area = busy.next(area)) {
        long vm = vmalloc().structs().object(area);
        list.add(
            new KmemAreas.Area(
                new Addr(machine.pageOffset() + areas.object(area)),
                vm == 0 ? null : new Addr(machine.pageOffset() + vm),
                new Addr(areas.start(area)),
                new Addr(areas.end(area)),
                areas.end(area) - areas.start(area)));
      }
    }
    return new KmemAreas(list);
  }

  private VmallocInfo.Area line(int area) {
    Vmalloc all = vmalloc();
    int[] nodes = new int[machine.profile().nrNodes()];
    long start = all.areas().start(area);
    for (int i = 0; i < all.structs().nrPages(area); i++) {
      nodes[machine.nodeOf(tables.pfn(start + ((long) i << PAGE_SHIFT)))]++;
    }
    return new VmallocInfo.Area(
        start,
        all.areas().end(area),
        all.structs().flags(area),
        all.structs().has(area),
        CALLER,
        all.structs().nrPages(area),
        all.structs().phys(area),
        all.structs().arrayArea(area) != 0,
        nodes);
  }

  // Page tables.

  /** The walk for {@code virt}. */
  public TableWalk walk(long virt) {
    List<TableWalk.Level> levels = new ArrayList<>();
    Addr top = new Addr((long) tables.topPfn() << PAGE_SHIFT);
    if (!layout.isCanonical(virt)) {
      return new TableWalk(new Addr(virt), region(virt), top, levels, null, 0, null);
    }
    Walk walk = space.walk(virt);
    for (int i = 0; i < walk.nrLevels; i++) {
      levels.add(
          new TableWalk.Level(
              tables.levelName(i),
              tables.index(virt, i),
              new Addr(walk.entryPhys[i]),
              new Addr(walk.entry[i]),
              flags(walk.entry[i], i)));
    }
    Addr phys = walk.present ? new Addr(walk.phys) : null;
    return new TableWalk(
        new Addr(virt), region(virt), top, levels, phys, walk.pageBytes, page(walk.pfn()));
  }

  private PageInfo page(int pfn) {
    boolean known = pfn >= 0 && pfn < machine.nrFrames();
    return known ? new MachineQueries(machine).page(pfn) : null;
  }

  private String flags(long entry, int level) {
    StringBuilder names = new StringBuilder();
    for (int bit = 0; bit < FLAG_NAMES.length; bit++) {
      boolean pat = bit == 7 && level == tables.nrLevels() - 1;
      if ((entry >>> bit & 1) != 0) {
        names.append(names.length() == 0 ? "" : "|").append(pat ? "PAT" : FLAG_NAMES[bit]);
      }
    }
    return names.append((entry & Pte.NX) != 0 ? "|NX" : "").toString();
  }

  /** All tables, each before those below it. */
  public TablesInUse tables() {
    List<String> levels = new ArrayList<>();
    for (int level = 0; level < tables.nrLevels(); level++) {
      levels.add(tables.levelName(level));
    }
    List<TablesInUse.Table> all = new ArrayList<>();
    addTable(all, 0, tables.topPfn(), 0);
    return new TablesInUse(levels, all);
  }

  private void addTable(List<TablesInUse.Table> all, int level, int pfn, long start) {
    int used = 0;
    int large = 0;
    int at = all.size();
    boolean last = level == tables.nrLevels() - 1;
    int nrEntries = tables.nrEntries(level);
    for (int index = 0; index < nrEntries; index++) {
      long entry = tables.read(pfn, index);
      if (entry != 0) {
        used++;
        boolean isLarge = !last && (entry & Pte.PSE) != 0;
        large += isLarge ? 1 : 0;
        if (!last && !isLarge) {
          long below = start + index * tables.entryMaps(level);
          below = level == 0 && !layout.i386 && index >= nrEntries / 2 ? below | -1L << 48 : below;
          addTable(all, level + 1, (int) (Pte.phys(entry) >>> PAGE_SHIFT), below);
        }
      }
    }
    boolean boot = machine.allocatedOrder(pfn) < 0 || machine.isKernelOwn(pfn);
    long maps = nrEntries * tables.entryMaps(level);
    all.add(
        at, new TablesInUse.Table(level, pfn, new Addr(start), maps, used, large, nrEntries, boot));
  }

  // Addresses.

  /** The region of the address space that {@code virt} lies in. */
  public String region(long virt) {
    return new LayoutQueries(machine).region(virt);
  }

  /** The linear-map address of a physical one. */
  public PhysToVirt ptov(long phys) {
    long pfn = phys >>> PAGE_SHIFT;
    if (Long.compareUnsigned(pfn, machine.profile().maxPfn()) >= 0) {
      return new PhysToVirt(new Addr(phys), null, "it is beyond the memory of this machine");
    }
    if (!machine.hasAddress((int) pfn)) {
      return new PhysToVirt(
          new Addr(phys), null, "it is HighMem, which has no address of its own: kmap gives one");
    }
    return new PhysToVirt(new Addr(phys), new Addr(machine.pageOffset() + phys), "");
  }

  /** Whether [virt, virt + size) could be handed to a DMA engine. */
  public DmaInfo dma(long virt, long sizeBytes) {
    List<DmaInfo.Piece> pieces = new ArrayList<>();
    long end = virt + sizeBytes;
    int nr = 0;
    long pieceStart = 0;
    long pieceBytes = 0;
    long highest = 0;
    for (long at = virt; at < end; ) {
      long phys = space.physOf(at);
      if (phys < 0) {
        return unmapped(virt, sizeBytes, at);
      }
      long page = space.walk(at).pageBytes;
      long bytes = Math.min(end - at, page - (at & (page - 1)));
      if (nr > 0 && phys == pieceStart + pieceBytes) {
        pieceBytes += bytes;
      } else {
        add(pieces, pieceStart, pieceBytes, nr);
        nr++;
        pieceStart = phys;
        pieceBytes = bytes;
      }
      highest = Math.max(highest, phys + bytes);
      at += bytes;
    }
    add(pieces, pieceStart, pieceBytes, nr);
    boolean linear = machine.pfnOf(virt) >= 0;
    return new DmaInfo(
        new Addr(virt),
        sizeBytes,
        region(virt),
        pieces,
        nr,
        dmaProblem(linear, nr),
        dmaAdvice(linear),
        highest <= ISA_END,
        highest <= END_32);
  }

  private static void add(List<DmaInfo.Piece> pieces, long phys, long bytes, int nr) {
    if (nr > 0 && pieces.size() < MOST_PIECES) {
      pieces.add(new DmaInfo.Piece(new Addr(phys), bytes));
    }
  }

  private DmaInfo unmapped(long virt, long sizeBytes, long at) {
    return new DmaInfo(
        new Addr(virt),
        sizeBytes,
        region(virt),
        List.of(),
        0,
        "nothing is mapped at 0x" + Long.toHexString(at),
        "",
        false,
        false);
  }

  private static String dmaProblem(boolean linear, int nr) {
    if (linear) {
      return "";
    }
    return nr == 1
        ? "it is no address of the linear map: dma_map_single works on those only"
        : "its pages are scattered in physical memory, and it is no address of the linear map";
  }

  private static String dmaAdvice(boolean linear) {
    return linear
        ? ""
        : "take it from kmalloc or alloc_pages, or hand over each page by dma_map_page or a"
            + " scatter-gather list (vmalloc_to_page finds them)";
  }
}
