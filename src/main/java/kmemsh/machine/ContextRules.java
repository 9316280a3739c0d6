package kmemsh.machine;

/**
 * What may be called where: the one table of it.
 *
 * <p>A context is what a CPU is doing; its columns in the table are in the order of the constants.
 *
 * <p>Spec: mappings.md 16; proc-and-user.md 17; page-allocator.md 4.7
 */
public final class ContextRules {
  public static final int PROCESS = 0;

  /** A spinlock is held or preemption is off. */
  public static final int ATOMIC = 1;

  public static final int IRQ_OFF = 2;
  public static final int BH_OFF = 3;
  public static final int SOFTIRQ = 4;
  public static final int HARDIRQ = 5;
  public static final int NMI = 6;

  private static final String[] NAMES = {
    "process", "atomic", "irq_off", "bh_off", "softirq", "hardirq", "nmi"
  };
  private static final int[] PREEMPT_COUNTS = {0, 1, 0, 0x200, 0x100, 0x10000, 0x100000};

  /** Memory is asked for with a mask that may sleep. */
  public static final int ALLOC_SLEEPING = 0;

  /** Memory is asked for with a mask that does not sleep. */
  public static final int ALLOC = 1;

  public static final int FREE = 2;

  /** A cache is made, destroyed or shrunk, under a mutex. */
  public static final int CACHE = 3;

  /** kmap of a HighMem page, kunmap of one. */
  public static final int KMAP_HIGHMEM = 4;

  public static final int KUNMAP_HIGHMEM = 5;

  /** kmap of a lowmem page, kunmap of one, where there is HighMem. */
  public static final int KMAP_LOWMEM = 6;

  public static final int KUNMAP_LOWMEM = 7;

  /** kmap in a kernel without HighMem. */
  public static final int KMAP_NO_HIGHMEM = 8;

  /** vmalloc and its family, ioremap. */
  public static final int VMALLOC = 9;

  public static final int VMAP = 10;
  public static final int VFREE = 11;
  public static final int VUNMAP = 12;

  /** vm_map_ram, where it needs addresses: a new block or an area of its own. */
  public static final int MAP_RAM = 13;

  public static final int UNMAP_RAM = 14;
  public static final int UNMAP_ALIASES = 15;

  /** Per-CPU lists of other CPUs are emptied, which waits for work on them. */
  public static final int DRAIN = 16;

  /** It is done. */
  public static final char OK = '.';

  /** It is done, and the kernel reports a sleeping function. */
  public static final char REPORTS = 'R';

  /** It must not be done: the kernel could hang. */
  public static final char HANGS = 'H';

  /** The kernel stops at a BUG. */
  public static final char BUGS = 'B';

  /** It is put off, to a worker. */
  public static final char DEFERS = 'D';

  private static final String[] OUTCOMES = {
    ".RRRRRH", // ALLOC_SLEEPING
    "......H", // ALLOC
    "......H", // FREE
    ".HHHHHH", // CACHE
    ".RRHHHH", // KMAP_HIGHMEM
    ".RRHHHH", // KUNMAP_HIGHMEM
    ".RRRRRR", // KMAP_LOWMEM
    ".RRRRRR", // KUNMAP_LOWMEM
    ".RRRRRR", // KMAP_NO_HIGHMEM
    ".RRBBBB", // VMALLOC
    ".RRBBBB", // VMAP
    ".RRDDDB", // VFREE
    ".RRBBBB", // VUNMAP
    ".RRHHHH", // MAP_RAM
    ".RRRRRH", // UNMAP_RAM
    ".RRRRRH", // UNMAP_ALIASES
    ".HHHHHH", // DRAIN
  };

  private static final String MIGHT_ALLOC = "include/linux/sched/mm.h:274";
  private static final String KMAP = "include/linux/highmem-internal.h:44";
  private static final String KUNMAP = "include/linux/highmem-internal.h:55";

  private static final String[] PLACES = {
    MIGHT_ALLOC,
    "",
    "",
    "",
    KMAP,
    KUNMAP,
    KMAP,
    KUNMAP,
    "include/linux/highmem-internal.h:166",
    MIGHT_ALLOC,
    "mm/vmalloc.c:2907",
    "mm/vmalloc.c:2858",
    "mm/vmalloc.c:2879",
    MIGHT_ALLOC,
    "mm/vmalloc.c:2280",
    "mm/vmalloc.c:2214",
    "",
  };

  private ContextRules() {}

  /** How contexts are called, in their order. */
  public static String[] names() {
    return NAMES.clone();
  }

  public static String name(int context) {
    return NAMES[context];
  }

  /** What comes of a call in a context: {@link #OK} and the constants behind it. */
  public static char outcome(int call, int context) {
    return OUTCOMES[call].charAt(context);
  }

  /** The file and line of the check in a call that may sleep. */
  public static String place(int call) {
    return PLACES[call];
  }

  /** {@code preempt_count} in a context in which nothing more is held. */
  public static int preemptCount(int context) {
    return PREEMPT_COUNTS[context];
  }

  public static boolean irqsDisabled(int context) {
    return context == IRQ_OFF || context == HARDIRQ || context == NMI;
  }

  /** Whether {@code in_interrupt()} holds, which also counts disabled softirqs. */
  public static boolean inInterrupt(int context) {
    return context >= BH_OFF;
  }

  /** Whether {@code in_task()} holds. */
  public static boolean inTask(int context) {
    return context < SOFTIRQ;
  }
}
