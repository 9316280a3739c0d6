package kmemsh.mm.page;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import kmemsh.machine.Machine;
import kmemsh.machine.Profile;
import kmemsh.view.PageState;

/** States that no boot leads to, and machines that go on from them. */
final class UnusualStates {
  private static final int MOVABLE = 1;
  private static final int CMA = 4;
  private static final int ISOLATE = 5;

  private final SplittableRandom random;
  private final Profile profile;

  UnusualStates(SplittableRandom random, Profile profile) {
    this.random = random;
    this.profile = profile;
  }

  /** The state after boot, changed in every zone. */
  PageState state() {
    PageState booted = new Machine(profile).pages().pageState();
    return new PageState(booted.zones().stream().map(this::unusual).toList());
  }

  /** As the kernel makes it of so little memory that it keeps pages of one kind only. */
  PageMachine machine(PageState start, boolean ofOneKind) {
    PageAllocator like = Machine.loaded(profile, start).pages().allocator();
    PageConfig of = like.config;
    PageConfig config =
        new PageConfig(
            of.nrFrames(),
            of.pageblockOrder(),
            of.nrTypes(),
            of.maxNrZones(),
            of.cpuNode(),
            of.nodeOrder(),
            of.zoneOfGfp(),
            of.noFragment(),
            of.normalIndex(),
            of.dma32Index(),
            of.cma(),
            of.compaction(),
            of.thp(),
            of.smp(),
            of.numa(),
            of.sparse(),
            ofOneKind,
            of.maxFlatRows());
    ZoneShape[] shapes = new ZoneShape[like.zones.length];
    for (Zone zone : like.zones) {
      shapes[zone.id] =
          new ZoneShape(
              zone.nid,
              zone.index,
              zone.name,
              zone.highmem,
              zone.zoneStartPfn,
              zone.endPfn,
              zone.presentPages);
    }
    PageMachine machine = new PageMachine(new PageAllocator(config, shapes));
    machine.load(start);
    return machine;
  }

  /** A zone with flags, boosts and reserves, CMA and isolated pageblocks and pages on the LRU. */
  private PageState.Zone unusual(PageState.Zone of) {
    int cmaPages = 0;
    int isolated = 0;
    List<PageState.FreeList> lists = new ArrayList<>();
    for (PageState.FreeList list : of.freeLists()) {
      boolean changes = profile.cma() && list.order() == 10 && list.migratetype() == MOVABLE;
      int third = changes ? list.pfns().length / 3 : 0;
      if (third > 0) {
        lists.add(new PageState.FreeList(10, CMA, Arrays.copyOf(list.pfns(), third)));
        lists.add(new PageState.FreeList(10, ISOLATE, new int[] {list.pfns()[third]}));
        setTypes(of, list.pfns(), 0, third, CMA);
        setTypes(of, list.pfns(), third, third + 1, ISOLATE);
        cmaPages = third << 10;
        isolated = 1024;
      }
      int[] rest = Arrays.copyOfRange(list.pfns(), third > 0 ? third + 1 : 0, list.pfns().length);
      if (rest.length > 0) {
        lists.add(new PageState.FreeList(list.order(), list.migratetype(), rest));
      }
    }
    int[] lru = new int[of.spannedPages() / 8];
    for (int i = 0; i < lru.length; i++) {
      lru[i] = of.zoneStartPfn() + 8 * i + random.nextInt(8);
    }
    return new PageState.Zone(
        of.id(),
        of.nid(),
        of.name(),
        of.zoneStartPfn(),
        of.spannedPages(),
        of.presentPages(),
        of.managedPages(),
        of.watermark(),
        random.nextInt(3) == 0 ? 1 + random.nextInt(600) : 0,
        random.nextInt(4) == 0 ? 1024 : 0,
        of.nrFreePages() - isolated,
        cmaPages,
        random.nextInt(4),
        of.driftMark(),
        cmaPages,
        of.lowmemReserve(),
        lists,
        of.pcps().stream().map(this::unusual).toList(),
        of.pageblocks(),
        lru);
  }

  private void setTypes(PageState.Zone of, int[] pfns, int from, int to, int type) {
    int order = profile.pageblockOrder();
    for (int i = from; i < to; i++) {
      int first = (pfns[i] >>> order) - (of.zoneStartPfn() >>> order);
      Arrays.fill(of.pageblocks(), first, first + (1024 >>> order), type);
    }
  }

  private PageState.Pcp unusual(PageState.Pcp of) {
    int[] highs = {of.high(), 0, of.batch(), 4 * of.batch(), 3, 40};
    return new PageState.Pcp(
        of.cpu(),
        of.count(),
        highs[random.nextInt(highs.length)],
        of.batch(),
        random.nextInt(6),
        0,
        of.vdiff(),
        of.vthreshold(),
        of.cmaDiff(),
        of.lists(),
        of.strays());
  }
}
