package kmemsh.view;

/**
 * Every file under /proc/sys: its number, the values it takes and which kernels have it. The first
 * numbers are those of {@link VmSysctls}; all but {@link #KPTR_RESTRICT} stand in {@link #VM}.
 *
 * <p>Spec: proc-and-user.md 5; mappings.md 14
 */
public final class SysctlTable {
  public static final String VM = "/proc/sys/vm";
  public static final String KERNEL = "/proc/sys/kernel";

  private static final int MAX = Integer.MAX_VALUE;
  private static final int MIN = Integer.MIN_VALUE;

  /** Every kernel has it. */
  public static final int ALWAYS = 0;

  public static final int COMPACTION = 1;
  public static final int HIGHMEM = 2;
  public static final int HUGETLB = 3;
  public static final int NUMA = 4;
  public static final int SMP = 5;
  public static final int I386 = 6;

  /** The default follows from the machine. */
  public static final int OF_MACHINE = -1;

  /** Writing it changes what the model does. */
  private static final int ACTS = 0;

  /** It takes a value that nothing in the model reads. */
  private static final int KEEPS = 1;

  /** The values it takes are not known here, so it can only be read. */
  private static final int READS = 2;

  /** It does something once and cannot be read. */
  private static final int TRIGGERS = 3;

  private record Row(String name, int where, int kind, int min, int max, int value) {}

  public static final int DIRTY_RATIO = 5;
  public static final int DIRTY_BACKGROUND_RATIO = 6;
  public static final int HIGHMEM_IS_DIRTYABLE = 7;
  public static final int OVERCOMMIT_RATIO = 8;
  public static final int OVERCOMMIT_KBYTES = 9;
  public static final int COMPACT_MEMORY = 10;
  public static final int DROP_CACHES = 11;
  public static final int STAT_REFRESH = 12;
  public static final int ADMIN_RESERVE_KBYTES = 13;
  public static final int USER_RESERVE_KBYTES = 14;
  public static final int MMAP_RND_BITS = 15;

  private static final Row[] ROWS = {
    new Row(VmSysctls.name(0), ALWAYS, ACTS, 0, MAX, 0),
    new Row(VmSysctls.name(1), ALWAYS, ACTS, 1, 3000, 0),
    new Row(VmSysctls.name(2), ALWAYS, ACTS, 0, MAX, 0),
    new Row(VmSysctls.name(3), ALWAYS, ACTS, MIN, MAX, 0),
    new Row(VmSysctls.name(4), ALWAYS, ACTS, 0, MAX, 0),
    new Row("dirty_ratio", ALWAYS, ACTS, 0, 100, 20),
    new Row("dirty_background_ratio", ALWAYS, ACTS, 0, 100, 10),
    new Row("highmem_is_dirtyable", HIGHMEM, ACTS, 0, 1, 0),
    new Row("overcommit_ratio", ALWAYS, ACTS, MIN, MAX, 50),
    new Row("overcommit_kbytes", ALWAYS, ACTS, 0, MAX, 0),
    new Row("compact_memory", COMPACTION, TRIGGERS, MIN, MAX, 0),
    new Row("drop_caches", ALWAYS, TRIGGERS, 1, 4, 0),
    new Row("stat_refresh", SMP, TRIGGERS, MIN, MAX, 0),
    new Row("admin_reserve_kbytes", ALWAYS, KEEPS, 0, MAX, OF_MACHINE),
    new Row("user_reserve_kbytes", ALWAYS, KEEPS, 0, MAX, OF_MACHINE),
    new Row("mmap_rnd_bits", ALWAYS, KEEPS, OF_MACHINE, OF_MACHINE, OF_MACHINE),
    new Row("compact_unevictable_allowed", COMPACTION, KEEPS, 0, 1, 1),
    new Row("compaction_proactiveness", COMPACTION, KEEPS, 0, 100, 20),
    new Row("dirty_background_bytes", ALWAYS, READS, 0, 0, 0),
    new Row("dirty_bytes", ALWAYS, READS, 0, 0, 0),
    new Row("dirty_expire_centisecs", ALWAYS, READS, 0, 0, 3000),
    new Row("dirty_writeback_centisecs", ALWAYS, READS, 0, 0, 500),
    new Row("dirtytime_expire_seconds", ALWAYS, READS, 0, 0, 43200),
    new Row("extfrag_threshold", COMPACTION, KEEPS, 0, 1000, 500),
    new Row("hugetlb_shm_group", HUGETLB, READS, 0, 0, 0),
    new Row("laptop_mode", ALWAYS, READS, 0, 0, 0),
    new Row("legacy_va_layout", ALWAYS, KEEPS, 0, MAX, 0),
    new Row("max_map_count", ALWAYS, KEEPS, 0, MAX, 65530),
    new Row("min_slab_ratio", NUMA, READS, 0, 0, 5),
    new Row("min_unmapped_ratio", NUMA, READS, 0, 0, 1),
    new Row("mmap_min_addr", ALWAYS, KEEPS, 0, MAX, 4096),
    new Row("nr_hugepages", HUGETLB, READS, 0, 0, 0),
    new Row("nr_overcommit_hugepages", HUGETLB, READS, 0, 0, 0),
    new Row("numa_stat", NUMA, READS, 0, 0, 1),
    new Row("numa_zonelist_order", NUMA, READS, 0, 0, 0),
    new Row("oom_dump_tasks", ALWAYS, ACTS, MIN, MAX, 1),
    new Row("oom_kill_allocating_task", ALWAYS, KEEPS, MIN, MAX, 0),
    new Row("overcommit_memory", ALWAYS, KEEPS, 0, 2, 0),
    new Row("page-cluster", ALWAYS, KEEPS, 0, MAX, 3),
    new Row("page_lock_unfairness", ALWAYS, READS, 0, 0, 5),
    new Row("panic_on_oom", ALWAYS, ACTS, 0, 2, 0),
    new Row("stat_interval", SMP, READS, 0, 0, 1),
    new Row("swappiness", ALWAYS, KEEPS, 0, 200, 60),
    new Row("vdso_enabled", I386, READS, 0, 0, 1),
    new Row("vfs_cache_pressure", ALWAYS, KEEPS, 0, MAX, 100),
    new Row("zone_reclaim_mode", NUMA, KEEPS, 0, MAX, 0),
    new Row("kptr_restrict", ALWAYS, ACTS, 0, 2, 0),
  };

  /** What readers see of addresses: 0 hashed ones, 1 real ones, 2 zeros. */
  public static final int KPTR_RESTRICT = ROWS.length - 1;

  private SysctlTable() {}

  public static int count() {
    return ROWS.length;
  }

  /** The number of a setting, or -1. */
  public static int number(String name) {
    for (int setting = 0; setting < ROWS.length; setting++) {
      if (ROWS[setting].name.equals(name)) {
        return setting;
      }
    }
    return -1;
  }

  public static String name(int setting) {
    return ROWS[setting].name;
  }

  /** {@link #VM} or {@link #KERNEL}. */
  public static String directory(int setting) {
    return setting == KPTR_RESTRICT ? KERNEL : VM;
  }

  /** Which kernels have it: {@link #ALWAYS} to {@link #I386}. */
  public static int where(int setting) {
    return ROWS[setting].where;
  }

  /** Its value after boot, or {@link #OF_MACHINE}. */
  public static int defaultValue(int setting) {
    return ROWS[setting].value;
  }

  /** The least value that can be written. */
  public static int min(int setting, boolean i386) {
    return setting == MMAP_RND_BITS ? (i386 ? 8 : 28) : ROWS[setting].min;
  }

  /** The greatest value that can be written. */
  public static int max(int setting, boolean i386) {
    return setting == MMAP_RND_BITS ? (i386 ? 16 : 32) : ROWS[setting].max;
  }

  public static boolean isWritable(int setting) {
    return ROWS[setting].kind != READS;
  }

  /** Whether a write does something once, and there is nothing to read. */
  public static boolean isTrigger(int setting) {
    return ROWS[setting].kind == TRIGGERS;
  }

  /** Whether nothing in the model depends on it. */
  public static boolean isWithoutEffect(int setting) {
    return ROWS[setting].kind == KEEPS;
  }

  /** What a setting that is a word says, or empty. */
  public static String word(int setting) {
    return ROWS[setting].name.equals("numa_zonelist_order") ? "Node" : "";
  }
}
