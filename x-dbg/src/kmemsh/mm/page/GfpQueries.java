package kmemsh.mm.page;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import kmemsh.trace.Trace;
import kmemsh.view.Gfp;
import kmemsh.view.GfpBits;
import kmemsh.view.GfpInfo;
import kmemsh.view.NullResult;

/**
 * What a GFP mask means on this machine, and why a request with it gave nothing. Reads only.
 *
 * <p>Spec: page-allocator.md 4, 5.4
 */
public final class GfpQueries {
  private final PageAllocator pages;
  private final PageQueries zones;

  public GfpQueries(PageAllocator pages) {
    this.pages = pages;
    zones = new PageQueries(pages);
  }

  /** Decodes a mask for a request of the present CPU. */
  public GfpInfo decode(int mask) {
    List<GfpInfo.Bit> bits = new ArrayList<>();
    for (int i = 0; i < GfpBits.count(); i++) {
      if ((mask >>> i & 1) != 0) {
        bits.add(new GfpInfo.Bit(GfpBits.name(i), hex(1 << i), GfpBits.meaning(i)));
      }
    }
    return new GfpInfo(
        hex(mask),
        Gfp.print(mask),
        bits,
        Arrays.asList(zones.zonelist(mask)),
        zones.migratetypeOf(mask),
        Gfp.maySleep(mask),
        reserves(mask),
        contradictions(mask));
  }

  private static String hex(int mask) {
    return "0x" + Integer.toHexString(mask);
  }

  private static boolean has(int mask, int bit) {
    return (mask & bit) != 0;
  }

  /** Spec: page-allocator.md 4.6, 5.4 */
  private static String reserves(int mask) {
    boolean high = has(mask, Gfp.__GFP_HIGH);
    if (has(mask, Gfp.__GFP_MEMALLOC) && !has(mask, Gfp.__GFP_NOMEMALLOC)) {
      return "everything: watermarks are ignored";
    }
    if (Gfp.maySleep(mask) || has(mask, Gfp.__GFP_NOMEMALLOC)) {
      return high ? "down to half of the min watermark" : "none: it stops at the min watermark";
    }
    return high
        ? "down to 3/8 of the min watermark, and the HighAtomic reserve"
        : "the HighAtomic reserve when nothing else is left, but it stops at the min watermark";
  }

  private static List<String> contradictions(int mask) {
    List<String> found = new ArrayList<>();
    add(
        found,
        !Gfp.validZoneBits(mask),
        "the zone bits exclude each other: a caller's bug, the lowest zone is taken");
    add(
        found,
        !Gfp.validMobility(mask),
        "__GFP_MOVABLE and __GFP_RECLAIMABLE ask for two migratetypes: a caller's bug");
    add(
        found,
        has(mask, Gfp.__GFP_ATOMIC) && Gfp.maySleep(mask),
        "__GFP_ATOMIC cannot sleep, __GFP_DIRECT_RECLAIM can: the kernel warns once and drops"
            + " __GFP_ATOMIC");
    add(
        found,
        has(mask, Gfp.__GFP_MEMALLOC) && has(mask, Gfp.__GFP_NOMEMALLOC),
        "__GFP_MEMALLOC and __GFP_NOMEMALLOC: the reserves stay closed");
    add(
        found,
        has(mask, Gfp.__GFP_NOFAIL) && !Gfp.maySleep(mask),
        "__GFP_NOFAIL without __GFP_DIRECT_RECLAIM: who cannot wait can fail");
    add(
        found,
        has(mask, Gfp.__GFP_NOFAIL) && has(mask, Gfp.__GFP_NORETRY),
        "__GFP_NOFAIL never gives up, __GFP_NORETRY gives up at once");
    return found;
  }

  private static void add(List<String> found, boolean holds, String sentence) {
    if (holds) {
      found.add(sentence);
    }
  }

  /** The result of the last request, which gave nothing. */
  public NullResult nothing(int mask, int order) {
    return new NullResult(order, Gfp.print(mask), reason(mask, order));
  }

  private String reason(int mask, int order) {
    if (order > PageFrames.BIG_ORDER) {
      return "the largest block is order " + PageFrames.BIG_ORDER;
    }
    StringBuilder names = new StringBuilder();
    boolean hasBlock = false;
    for (int z : list(mask)) {
      Zone zone = pages.zones[z];
      names.append(names.length() == 0 ? "" : ", ").append(zone.name);
      hasBlock |= PageQueries.largestOrder(zone) >= order;
    }
    if (names.length() == 0) {
      return "this machine has no zone for it";
    }
    String why =
        hasBlock
            ? "watermarks keep what is free in " + names
            : "no free block of order " + order + " or more in " + names;
    return why + stop();
  }

  private int[] list(int mask) {
    int nid = pages.config.cpuNode()[pages.cpu];
    boolean onlyThisNode = has(mask, Gfp.__GFP_THISNODE);
    return pages.zonelists.zones(nid, pages.highestZone(mask), onlyThisNode);
  }

  private String stop() {
    return switch (pages.lastFailure) {
      case Trace.STEP_NO_SLEEP -> ", and it may not sleep to reclaim";
      case Trace.STEP_NORETRY -> "; __GFP_NORETRY gives up after one round of reclaim";
      case Trace.STEP_COSTLY -> "; reclaim found nothing, and orders above 3 are not retried";
      case Trace.STEP_OOM_KILL -> "; reclaim found nothing, the OOM killer would look for a task";
      default -> "; reclaim found nothing";
    };
  }
}
