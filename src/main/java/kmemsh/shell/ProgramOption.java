package kmemsh.shell;

/**
 * The program's options, declared once: the direct parser, {@code --help}, the man page and the
 * completion script are all made from this list.
 */
final class ProgramOption {
  // The names of all options. They are constants of the language, so that who asks whether one was
  // given does not load this class: most runs have none.

  static final String COMMANDS = "-c";
  static final String MACHINE = "--machine";
  static final String MEM = "--mem";
  static final String CPUS = "--cpus";
  static final String NODES = "--nodes";
  static final String SLAB = "--slab";
  static final String SLUB_DEBUG = "--slub_debug";
  static final String SLAB_NOMERGE = "--slab_nomerge";
  static final String UNSAFE = "--unsafe";
  static final String NO_HASH_POINTERS = "--no_hash_pointers";
  static final String SPLIT = "--split";
  static final String PAE = "--pae";
  static final String VMALLOC = "--vmalloc";
  static final String HIGHMEM = "--highmem";
  static final String INTERACTIVE = "--interactive";
  static final String EXIT_ON_ERROR = "--exit-on-error";
  static final String OUTPUT = "--output";
  static final String COLOR = "--color";
  static final String NO_HINTS = "--no-hints";
  static final String RESUME = "--resume";
  static final String VERSION = "--version";
  static final String HELP = "--help";

  /** In the order in which help shows them. */
  static final ProgramOption[] ALL = {
    new ProgramOption(COMMANDS, "", "COMMANDS", "Run COMMANDS instead of a script."),
    new ProgramOption(
        "", MACHINE, "NAME", "The hardware: i386, x86_64 or a file. The default is i386."),
    new ProgramOption("", MEM, "SIZE", "Memory of the machine, for example 64M or 2G."),
    new ProgramOption("", CPUS, "N", "Number of CPUs, 1 to 8."),
    new ProgramOption("", NODES, "N", "Number of NUMA nodes, 1 to 4."),
    new ProgramOption("", SLAB, "KIND", "The slab allocator: slab, slub or slob."),
    new ProgramOption(
        "",
        SLUB_DEBUG,
        "FLAGS[,CACHES]",
        "Check objects of SLUB: F, Z, P, U, T as in the kernel's boot option."),
    new ProgramOption("", SLAB_NOMERGE, "", "No cache is shared under several names."),
    new ProgramOption(
        "", UNSAFE, "", "Let misuse through whose effect can be shown, such as a double free."),
    new ProgramOption("", NO_HASH_POINTERS, "", "/proc/vmallocinfo shows addresses as they are."),
    new ProgramOption(
        "", SPLIT, "SPLIT", "i386: user's share of addresses: 3G, 3G_OPT, 2G, 2G_OPT, 1G."),
    new ProgramOption("", PAE, "", "i386: three levels of page tables, up to 64G of RAM."),
    new ProgramOption("", VMALLOC, "SIZE", "i386: address space for vmalloc, such as 256M."),
    new ProgramOption("", HIGHMEM, "SIZE", "i386: memory above low memory."),
    new ProgramOption("-i", INTERACTIVE, "", "Go on at the prompt after SCRIPT or -c."),
    new ProgramOption("-e", EXIT_ON_ERROR, "", "Stop at the first error."),
    new ProgramOption(
        "", OUTPUT, "FORM", "text; plain: in words, nothing drawn; json: one object a command."),
    new ProgramOption("", COLOR, "WHEN", "auto, always or never. auto means at a terminal only."),
    new ProgramOption("", NO_HINTS, "", "No argument hints behind the cursor at the prompt."),
    new ProgramOption(
        "", RESUME, "", "Go on where the newest interactive session that died stopped."),
    new ProgramOption("-V", VERSION, "", "Print the version and exit."),
    new ProgramOption("-h", HELP, "", "Print this help and exit.")
  };

  /** Those that describe the machine. */
  static final String[] HARDWARE = {
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

  /** The one of the names above: the form to show in messages. */
  String name() {
    return longName.isEmpty() ? shortName : longName;
  }
}
