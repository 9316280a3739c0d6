package kmemsh.machine;

import kmemsh.mm.slab.SlabConfig;
import kmemsh.mm.slab.SlubDebugOption;

/**
 * What of a kernel decides how its object allocator is built and booted.
 *
 * @param kind slab, slub or slob
 * @param cacheLine bytes of a cache line as the kernel sees it
 * @param totalramPages pages of RAM when the allocator starts
 * @param kmemCacheBytes size of a cache descriptor
 * @param nodeBytes size of a cache's node structure
 * @param nomerge {@code slab_nomerge}
 * @param slubDebug {@code slub_debug=}, null when it was not given
 * @param slabMaxOrder {@code slab_max_order=}, or -1
 * @param slubMinOrder {@code slub_min_order=}
 * @param slubMaxOrder {@code slub_max_order=}
 * @param slubMinObjects {@code slub_min_objects=}
 */
public record SlabOptions(
    String kind,
    int cacheLine,
    long totalramPages,
    int kmemCacheBytes,
    int nodeBytes,
    boolean nomerge,
    SlubDebugOption slubDebug,
    int slabMaxOrder,
    int slubMinOrder,
    int slubMaxOrder,
    int slubMinObjects) {

  private static final int CACHE_LINE = 64;
  private static final int SLUB_MAX_ORDER = 3;

  /** The options a machine boots with when nobody gives any. Spec: slab-allocators.md 1.11, 2.1 */
  public static SlabOptions of(Profile profile, long totalramPages) {
    boolean slab = profile.slab().equals("slab");
    return new SlabOptions(
        profile.slab(),
        CACHE_LINE,
        totalramPages,
        slab ? slabDescriptor(profile) : slubDescriptor(profile),
        slab ? slabNode(profile) : slubNode(profile),
        profile.slabNomerge(),
        slubDebug(profile),
        -1,
        0,
        SLUB_MAX_ORDER,
        0);
  }

  /** The boot option that adds {@code flags} to every cache. */
  public static SlubDebugOption debug(int flags) {
    return SlubDebugOption.all(flags);
  }

  private static SlubDebugOption slubDebug(Profile profile) {
    return profile.slubDebug().isEmpty() ? null : SlubDebugOption.parse(profile.slubDebug());
  }

  /** Everything an allocator is made for. */
  SlabConfig config(Profile profile) {
    return new SlabConfig(
        profile.i386() ? Integer.BYTES : Long.BYTES,
        cacheLine,
        profile.nrCpus(),
        profile.nrCpus(),
        profile.cpuNode(),
        profile.nrNodes(),
        profile.smp(),
        profile.numa(),
        true,
        totalramPages,
        kmemCacheBytes,
        nodeBytes,
        nomerge,
        profile.numa(),
        slabMaxOrder,
        slubMinOrder,
        slubMaxOrder,
        slubMinObjects,
        slubDebug);
  }

  private static int slabDescriptor(Profile profile) {
    return profile.i386() ? 96 : 128;
  }

  private static int slubDescriptor(Profile profile) {
    if (profile.i386()) {
      return 124;
    }
    if (profile.nrNodes() > 1) {
      return 200 + 8 * profile.nrNodes();
    }
    return profile.smp() ? 200 : 192;
  }

  private static int slabNode(Profile profile) {
    if (profile.i386()) {
      return profile.smp() ? 64 : 60;
    }
    return profile.smp() ? 120 : 112;
  }

  private static int slubNode(Profile profile) {
    if (profile.i386()) {
      return profile.smp() ? 32 : 28;
    }
    return profile.smp() ? 64 : 56;
  }
}
