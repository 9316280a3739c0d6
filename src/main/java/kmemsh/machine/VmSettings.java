package kmemsh.machine;

import java.util.Arrays;
import kmemsh.view.SysctlTable;
import kmemsh.view.Sysctls;
import kmemsh.view.VmSysctls;

/**
 * The settings under /proc/sys that the page allocator does not read, and how often caches were
 * dropped. It is never changed: setting gives another one, so a checkpoint keeps it by reference.
 *
 * @param values of each setting of {@link SysctlTable}, {@link #UNSET} where it is the default
 * @param nrDropPagecache how often the page cache was dropped
 * @param nrDropSlab how often shrinkable caches were dropped
 */
record VmSettings(long[] values, long nrDropPagecache, long nrDropSlab) {
  private static final long UNSET = Long.MIN_VALUE;
  private static final int DROP_PAGECACHE = 1;
  private static final int DROP_SLAB = 2;
  private static final int RESERVE_SHARE = 32;
  private static final int MOST_ADMIN_RESERVE = 8192;
  private static final int MOST_USER_RESERVE = 131072;
  private static final int RND_BITS_I386 = 8;
  private static final int RND_BITS_X86_64 = 28;

  private static VmSettings defaults() {
    long[] values = new long[SysctlTable.count()];
    Arrays.fill(values, UNSET);
    return new VmSettings(values, 0, 0);
  }

  /** {@code settings}, or null for the defaults, after a write. */
  static VmSettings with(VmSettings settings, int setting, int value) {
    VmSettings old = settings == null ? defaults() : settings;
    if (setting == SysctlTable.DROP_CACHES) {
      return new VmSettings(
          old.values,
          old.nrDropPagecache + (value & DROP_PAGECACHE),
          old.nrDropSlab + ((value & DROP_SLAB) >> 1));
    }
    long[] values = old.values.clone();
    values[setting] = value;
    if (setting == SysctlTable.OVERCOMMIT_RATIO) {
      values[SysctlTable.OVERCOMMIT_KBYTES] = 0;
    } else if (setting == SysctlTable.OVERCOMMIT_KBYTES) {
      values[SysctlTable.OVERCOMMIT_RATIO] = 0;
    }
    return new VmSettings(values, old.nrDropPagecache, old.nrDropSlab);
  }

  /** All settings of a machine; {@code settings} is null for the defaults. */
  static Sysctls all(VmSettings settings, VmSysctls pages, Profile profile, long bootFreePages) {
    int[] others = new int[SysctlTable.count()];
    boolean[] has = new boolean[others.length];
    for (int i = 0; i < others.length; i++) {
      has[i] = has(profile, SysctlTable.where(i));
      boolean set = settings != null && settings.values[i] != UNSET;
      others[i] = set ? (int) settings.values[i] : defaultOf(i, profile, bootFreePages);
    }
    return new Sysctls(pages, others, has);
  }

  private static int defaultOf(int setting, Profile profile, long bootFreePages) {
    long reserve = 4 * bootFreePages / RESERVE_SHARE;
    return switch (setting) {
      case SysctlTable.ADMIN_RESERVE_KBYTES -> (int) Math.min(reserve, MOST_ADMIN_RESERVE);
      case SysctlTable.USER_RESERVE_KBYTES -> (int) Math.min(reserve, MOST_USER_RESERVE);
      case SysctlTable.MMAP_RND_BITS -> profile.i386() ? RND_BITS_I386 : RND_BITS_X86_64;
      default -> SysctlTable.defaultValue(setting);
    };
  }

  private static boolean has(Profile profile, int where) {
    return switch (where) {
      case SysctlTable.COMPACTION -> profile.compaction();
      case SysctlTable.HIGHMEM, SysctlTable.I386 -> profile.i386();
      case SysctlTable.HUGETLB -> profile.hugetlb();
      case SysctlTable.NUMA -> profile.numa();
      case SysctlTable.SMP -> profile.smp();
      default -> true;
    };
  }
}
