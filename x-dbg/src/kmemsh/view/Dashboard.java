package kmemsh.view;

import java.util.List;

/**
 * Everything at a glance.
 *
 * @param title the hardware, and where the history stands
 * @param buddy free blocks of each zone
 * @param pcpPages pages on the per-CPU lists of each of these zones
 * @param caches the caches that hold most pages, the largest first
 * @param regions of the kernel's address space that fill up, by address
 */
public record Dashboard(
    String title,
    BuddyInfo buddy,
    List<Long> pcpPages,
    List<CacheInfo> caches,
    List<LayoutInfo.Region> regions) {}
