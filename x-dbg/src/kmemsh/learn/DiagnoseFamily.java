package kmemsh.learn;

import kmemsh.view.CacheInfo;
import kmemsh.view.CacheTable;
import kmemsh.view.Fragmentation;
import kmemsh.view.ZoneInfo;

/** What is wrong with a machine, read from its files. */
final class DiagnoseFamily extends Family {
  private static final int BIG = 6;

  DiagnoseFamily() {
    super("diagnose", "reading", "read this buddyinfo or slabinfo and say what is wrong");
  }

  @Override
  void make(Draft draft) {
    draft.boot(Shortage.MACHINE);
    switch (draft.pick(0, 4)) {
      case 0 -> Shortage.plenty(draft);
      case 1 -> Shortage.usedUp(draft);
      case 2 -> Shortage.fragmented(draft);
      case 3 -> Shortage.dmaIsUsedUp(draft);
      default -> leak(draft);
    }
    if (draft.level() == 3) {
      draft.setup("kmem_cache_create noise " + draft.pick(40, 300));
      draft.setup("n = repeat " + draft.pick(5, 60) + " kmem_cache_alloc noise GFP_ATOMIC");
    }
    draft.picture("cat /proc/buddyinfo");
    draft.picture("slabtop", 9);
    if (draft.level() == 1) {
      draft.picture("zoneinfo");
    }
    draft.prompt("What is wrong with this machine?");
    choices(draft);
    draft.choice(finding(draft));
    draft.hint("Multiply: n blocks of order k are n * 2^k pages.");
    draft.hint("Much free memory without large blocks is one thing, little free memory another.");
    draft.show("frag");
    draft.show("zoneinfo");
    draft.show("slabtop");
  }

  private static void leak(Draft draft) {
    String name = draft.pickOf("skb", "dentry", "request", "session");
    draft.setup("kmem_cache_create " + name + " " + 8 * draft.pick(70, 100));
    draft.setup(
        "repeat "
            + draft.pick(15000, 20000)
            + " kmem_cache_alloc "
            + name
            + " GFP_NOWAIT|__GFP_NOWARN");
  }

  private static void choices(Draft draft) {
    draft.mayBe(
        "healthy",
        "nothing: both zones have large blocks above their watermarks",
        "then a request of order 9 would succeed in each zone");
    draft.mayBe(
        "exhausted",
        "both zones are used up, by pages and not by a cache",
        "then free pages would be down to the watermarks in both zones");
    draft.mayBe(
        "fragmented",
        "enough is free in zone Normal, but only in small blocks",
        "then Normal would have pages above high, but no block of order 6");
    draft.mayBe(
        "dma",
        "zone DMA is used up while Normal has plenty",
        "then only requests with GFP_DMA would fail");
    draft.mayBe(
        "leak",
        "one cache holds most of the memory",
        "then slabtop would show one cache with most of the pages");
  }

  private static String finding(Draft draft) {
    CacheTable caches = (CacheTable) draft.look("slabtop");
    long managed = draft.bench().number("pages(Normal).managed + pages(DMA).managed");
    for (CacheInfo cache : caches.caches()) {
      if (cache.pages() * 4 > managed) {
        return "leak";
      }
    }
    ZoneInfo.Zone dma = zone(draft, "DMA");
    ZoneInfo.Zone normal = zone(draft, "Normal");
    boolean dmaIsLow = dma.freePages() <= dma.high() + dma.high() / 4;
    boolean normalIsLow = normal.freePages() <= normal.high();
    if (normalIsLow && dmaIsLow) {
      return "exhausted";
    }
    for (Fragmentation.Zone zone : ((Fragmentation) draft.look("frag")).zones()) {
      if (zone.zone().equals("Normal") && zone.largestOrder() < BIG) {
        return "fragmented";
      }
    }
    return dmaIsLow ? "dma" : "healthy";
  }

  private static ZoneInfo.Zone zone(Draft draft, String name) {
    for (ZoneInfo.Zone zone : ((ZoneInfo) draft.look("zoneinfo")).zones()) {
      if (zone.zone().equals(name)) {
        return zone;
      }
    }
    throw new IllegalStateException(name);
  }
}
