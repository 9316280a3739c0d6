package kmemsh.learn;

import kmemsh.view.GfpInfo;

/** The zone that serves a mask first. */
final class ZoneFamily extends Family {
  private static final String[] MACHINES = {
    "--machine i386 --mem 64M",
    "--machine i386 --mem 1280M",
    "--machine i386 --mem 2G",
    "--machine x86_64 --mem 128M",
    "--machine x86_64 --mem 5G",
    "--machine x86_64 --mem 8G",
  };

  ZoneFamily() {
    super("zone", "zones", "which zone serves this mask");
  }

  @Override
  void make(Draft draft) {
    draft.boot(draft.pickOf(MACHINES));
    String mask = mask(draft);
    GfpInfo info = (GfpInfo) draft.look("gfp " + mask);
    draft.picture("buddyinfo");
    String order = draft.level() == 3 ? "`alloc_pages 3 " : "`alloc_pages 0 ";
    draft.prompt("All zones are above their watermarks. Which zone serves " + order + mask + "`?");
    draft.word(bare(info.zones().get(0)));
    draft.hint("The mask names the highest zone it allows; the search begins there, or below.");
    draft.hint("Without __GFP_DMA, __GFP_DMA32 and __GFP_HIGHMEM the highest zone is Normal.");
    draft.show("gfp " + mask);
    draft.show((draft.level() == 3 ? "alloc_pages 3 " : "alloc_pages 0 ") + mask);
  }

  private static String mask(Draft draft) {
    String base =
        draft.pickOf(
            "GFP_KERNEL",
            "GFP_ATOMIC",
            "GFP_KERNEL|GFP_DMA",
            "GFP_ATOMIC|GFP_DMA",
            "GFP_KERNEL|GFP_DMA32",
            "GFP_HIGHUSER",
            "GFP_HIGHUSER_MOVABLE",
            "GFP_NOWAIT|__GFP_HIGHMEM");
    String more =
        draft.level() == 1
            ? ""
            : draft.pickOf("", "|__GFP_ZERO", "|__GFP_MOVABLE", "|__GFP_NOWARN");
    return base.contains("MOVABLE") && more.contains("MOVABLE") ? base : base + more;
  }

  private static String bare(String zone) {
    int blank = zone.indexOf(' ');
    return blank < 0 ? zone : zone.substring(0, blank);
  }

  @Override
  String meant(Bench bench, Question question, String given) {
    return "zone " + given + " is searched only when the mask asks for it or all above are used up";
  }
}
