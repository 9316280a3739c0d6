package kmemsh.view;

/**
 * Migratetypes: the mobility class of a pageblock and of a free list.
 *
 * <p>On a kernel without CMA the Isolate type, where built in, has the value of {@link
 * #MIGRATE_CMA}; inside kmemsh it is always {@link #MIGRATE_ISOLATE}.
 *
 * <p>Spec: page-allocator.md 1.3
 */
public final class Migratetype {
  public static final int MIGRATE_UNMOVABLE = 0;
  public static final int MIGRATE_MOVABLE = 1;
  public static final int MIGRATE_RECLAIMABLE = 2;

  /** Types below this one live on per-CPU lists and may be merged and stolen. */
  public static final int MIGRATE_PCPTYPES = 3;

  public static final int MIGRATE_HIGHATOMIC = 3;
  public static final int MIGRATE_CMA = 4;
  public static final int MIGRATE_ISOLATE = 5;
  public static final int NR_TYPES = 6;

  private static final String[] NAMES = {
    "Unmovable", "Movable", "Reclaimable", "HighAtomic", "CMA", "Isolate"
  };
  private static final String LETTERS = "UMEHCI";

  private Migratetype() {}

  /** The name /proc/pagetypeinfo prints. */
  public static String name(int migratetype) {
    return NAMES[migratetype];
  }

  /** The letter the allocation failure report prints. */
  public static char letter(int migratetype) {
    return LETTERS.charAt(migratetype);
  }

  /** The type called {@code name}, in any case and also by its letter, or -1. */
  public static int parse(String name) {
    for (int mt = 0; mt < NR_TYPES; mt++) {
      if (NAMES[mt].equalsIgnoreCase(name)
          || (name.length() == 1 && Character.toUpperCase(name.charAt(0)) == letter(mt))) {
        return mt;
      }
    }
    return -1;
  }
}
