package kmemsh.shell;

/**
 * The program's options, declared once: the direct parser, {@code --help}, the man page and the
 * completion script are all made from this list.
 */
final class ProgramOption {
  static final ProgramOption COMMANDS =
      new ProgramOption("-c", "", "COMMANDS", "Run COMMANDS instead of a script.");
  static final ProgramOption MACHINE =
      new ProgramOption(
          "", "--machine", "NAME", "The hardware: i386, x86_64 or a file. The default is i386.");
  static final ProgramOption MEM =
      new ProgramOption("", "--mem", "SIZE", "Memory of the machine, for example 64M or 2G.");
  static final ProgramOption CPUS = new ProgramOption("", "--cpus", "N", "Number of CPUs, 1 to 8.");
  static final ProgramOption NODES =
      new ProgramOption("", "--nodes", "N", "Number of NUMA nodes, 1 to 4.");
  static final ProgramOption SLAB =
      new ProgramOption("", "--slab", "KIND", "The slab allocator: slab, slub or slob.");
  static final ProgramOption SLUB_DEBUG =
      new ProgramOption(
          "",
          "--slub_debug",
          "FLAGS[,CACHES]",
          "Check objects of SLUB: F, Z, P, U, T as in the kernel's boot option.");
  static final ProgramOption SLAB_NOMERGE =
      new ProgramOption("", "--slab_nomerge", "", "No cache is shared under several names.");
  static final ProgramOption UNSAFE =
      new ProgramOption(
          "",
          "--unsafe",
          "",
          "Let misuse through whose effect can be shown, such as a double free.");
  static final ProgramOption NO_HASH_POINTERS =
      new ProgramOption(
          "", "--no_hash_pointers", "", "/proc/vmallocinfo shows addresses as they are.");
  static final ProgramOption SPLIT =
      new ProgramOption(
          "", "--split", "SPLIT", "i386: user's share of addresses: 3G, 3G_OPT, 2G, 2G_OPT, 1G.");
  static final ProgramOption PAE =
      new ProgramOption("", "--pae", "", "i386: three levels of page tables, up to 64G of RAM.");
  static final ProgramOption VMALLOC =
      new ProgramOption("", "--vmalloc", "SIZE", "i386: address space for vmalloc, such as 256M.");
  static final ProgramOption HIGHMEM =
      new ProgramOption("", "--highmem", "SIZE", "i386: memory above low memory.");
  static final ProgramOption INTERACTIVE =
      new ProgramOption("-i", "--interactive", "", "Go on at the prompt after SCRIPT or -c.");
  static final ProgramOption EXIT_ON_ERROR =
      new ProgramOption("-e", "--exit-on-error", "", "Stop at the first error.");
  static final ProgramOption OUTPUT =
      new ProgramOption(
          "",
          "--output",
          "FORM",
          "text; plain: in words, nothing drawn; json: one object a command.");
  static final ProgramOption COLOR =
      new ProgramOption(
          "", "--color", "WHEN", "auto, always or never. auto means at a terminal only.");
  static final ProgramOption NO_HINTS =
      new ProgramOption("", "--no-hints", "", "No argument hints behind the cursor at the prompt.");
  static final ProgramOption RESUME =
      new ProgramOption(
          "", "--resume", "", "Go on where the newest interactive session that died stopped.");
  static final ProgramOption VERSION =
      new ProgramOption("-V", "--version", "", "Print the version and exit.");
  static final ProgramOption HELP =
      new ProgramOption("-h", "--help", "", "Print this help and exit.");

  /** In the order in which help shows them. */
  static final ProgramOption[] ALL = {
    COMMANDS,
    MACHINE,
    MEM,
    CPUS,
    NODES,
    SLAB,
    SLUB_DEBUG,
    SLAB_NOMERGE,
    UNSAFE,
    NO_HASH_POINTERS,
    SPLIT,
    PAE,
    VMALLOC,
    HIGHMEM,
    INTERACTIVE,
    EXIT_ON_ERROR,
    OUTPUT,
    COLOR,
    NO_HINTS,
    RESUME,
    VERSION,
    HELP
  };

  /** Those that describe the machine. */
  static final ProgramOption[] HARDWARE = {
    MACHINE,
    MEM,
    CPUS,
    NODES,
    SLAB,
    SLUB_DEBUG,
    SLAB_NOMERGE,
    UNSAFE,
    NO_HASH_POINTERS,
    SPLIT,
    PAE,
    VMALLOC,
    HIGHMEM
  };

  /** The one-letter form with its dash, or empty. */
  final String shortName;

  /** The long form with its dashes, or empty. */
  final String longName;

  /** What its value is called, or empty for a switch. */
  final String label;

  final String description;

  private ProgramOption(String shortName, String longName, String label, String description) {
    this.shortName = shortName;
    this.longName = longName;
    this.label = label;
    this.description = description;
  }

  boolean takesValue() {
    return !label.isEmpty();
  }

  /** The option called {@code name}, dashes included, or null. */
  static ProgramOption named(String name) {
    for (ProgramOption option : ALL) {
      if (!name.isEmpty() && (name.equals(option.longName) || name.equals(option.shortName))) {
        return option;
      }
    }
    return null;
  }

  /** The form to show in messages. */
  String name() {
    return longName.isEmpty() ? shortName : longName;
  }
}
