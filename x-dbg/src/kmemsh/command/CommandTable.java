package kmemsh.command;

import kmemsh.learn.Learner;

/**
 * Every command by its name. A command is built when it is first used.
 *
 * <p>To add one, name it in {@link CommandGroups} and in {@link #build}.
 */
public final class CommandTable {
  public static final String PAGES = "pages";
  public static final String OBJECTS = "objects";
  public static final String CONTENTS = "contents";
  public static final String SPACE = "space";
  public static final String LOOKING = "looking";
  public static final String MACHINE = "machine";
  public static final String SESSION = "session";
  public static final String LANGUAGE = "language";
  public static final String WATCHING = "watching";
  public static final String LEARNING = "learning";

  private final Lab lab;
  private String[] usedNames = new String[64];
  private Command[] usedCommands = new Command[64];
  private int nrUsed;

  public CommandTable(Lab lab) {
    this.lab = lab;
  }

  /** The command called {@code name}, or null. */
  public Command command(String name) {
    return find(name, 0, name.length());
  }

  /** The command called {@code line[start, end)}, or null. */
  Command find(String line, int start, int end) {
    int length = end - start;
    int slot = hash(line, start, end) & (usedNames.length - 1);
    while (usedNames[slot] != null) {
      String known = usedNames[slot];
      if (known.length() == length && line.startsWith(known, start)) {
        return usedCommands[slot];
      }
      slot = (slot + 1) & (usedNames.length - 1);
    }
    if (length > Command.LONGEST_NAME) {
      return null;
    }
    String name = line.substring(start, end);
    Command built = (Command) build(name);
    if (built != null) {
      keep(name, built);
    }
    return built;
  }

  private static int hash(String line, int start, int end) {
    int hash = end - start;
    for (int at = start; at < end && at < start + Command.LONGEST_NAME; at++) {
      hash = 31 * hash + line.charAt(at);
    }
    return hash ^ (hash >>> 16);
  }

  void keep(String name, Command command) {
    if (2 * (nrUsed + 1) > usedNames.length) {
      String[] names = usedNames;
      Command[] commands = usedCommands;
      usedNames = new String[2 * names.length];
      usedCommands = new Command[2 * names.length];
      for (int i = 0; i < names.length; i++) {
        if (names[i] != null) {
          insert(names[i], commands[i]);
        }
      }
    }
    insert(name, command);
    nrUsed++;
  }

  private void insert(String name, Command command) {
    int slot = hash(name, 0, name.length()) & (usedNames.length - 1);
    while (usedNames[slot] != null) {
      slot = (slot + 1) & (usedNames.length - 1);
    }
    usedNames[slot] = name;
    usedCommands[slot] = command;
  }

  /**
   * A new command, or null. It is declared an {@link Object} because the verifier would otherwise
   * load every class named here at the first use of one, which is a quarter of the start-up time.
   */
  private Object build(String name) {
    return switch (name) {
      case "alloc_pages",
          "alloc_page",
          "__get_free_pages",
          "__get_free_page",
          "get_zeroed_page",
          "__get_dma_pages" ->
          AllocCommand.of(name, lab);
      case "alloc_pages_exact" -> new AllocExactCommand(lab);
      case "alloc_pages_bulk" -> new AllocBulkCommand(lab);
      case "split_page" -> new SplitPageCommand(lab);
      case "free_pages", "free_page", "__free_pages", "__free_page", "free_pages_exact" ->
          FreeCommand.of(name, lab);
      case "page_address", "virt_to_page", "pfn_to_page" -> ConvertCommand.of(name, lab);
      case "drain_pages" -> new DrainPagesCommand();
      case "kmem_cache_create" -> new CreateCacheCommand(lab);
      case "kmem_cache_alloc", "kmem_cache_zalloc", "kmem_cache_alloc_bulk" ->
          AllocObjectCommand.of(name, lab);
      case "kmem_cache_free", "kfree" -> FreeObjectCommand.of(name, lab);
      case "kmem_cache_free_bulk" -> new FreeObjectsCommand(lab);
      case "kmem_cache_shrink", "kmem_cache_destroy" -> CacheOpCommand.of(name, lab);
      case "kmem_cache_size", "ksize" -> SizeCommand.of(name);
      case "kmalloc", "kzalloc", "kmalloc_array", "kcalloc" -> KmallocCommand.of(name, lab);
      case "krealloc" -> new KreallocCommand(lab);
      case "rd" -> new RdCommand();
      case "wr", "fill", "write" -> WriteCommand.of(name, lab);
      case "reap" -> new ReapCommand(lab);
      case "vmalloc", "vzalloc", "vmalloc_user", "vmalloc_32", "kvmalloc", "kvzalloc" ->
          VmallocCommand.of(name, lab);
      case "vfree", "vunmap", "iounmap", "vm_unmap_ram", "kvfree" -> FreeAreaCommand.of(name, lab);
      case "vmap", "vm_map_ram" -> MapPagesCommand.of(name, lab);
      case "ioremap" -> new IoremapCommand(lab);
      case "vm_unmap_aliases" -> new UnmapAliasesCommand();
      case "layout", "vtop", "ptov", "pgd", "vmallocinfo", "dma", "vmalloc_to_page" ->
          SpaceCommand.of(name);
      case "buddyinfo" -> new BuddyinfoCommand();
      case "freelist" -> new FreelistCommand();
      case "pcp" -> new PcpCommand();
      case "zoneinfo" -> new ZoneinfoCommand();
      case "page" -> new PageCommand();
      case "memmap" -> new MemmapCommand();
      case "buddy" -> new BuddyCommand();
      case "whatis" -> new WhatisCommand();
      case "frag" -> new FragCommand();
      case "slabinfo" -> CacheTableCommand.slabinfo();
      case "slabtop" -> CacheTableCommand.slabtop();
      case "cache_chain" -> CacheTableCommand.chain();
      case "cache" -> new CacheCommand();
      case "slab" -> new SlabCommand();
      case "kmem" -> new KmemCommand();
      case "kmalloc_caches" -> new KmallocCachesCommand();
      case "slabgeom" -> new SlabgeomCommand();
      case "leaks" -> new LeaksCommand();
      case "compare" -> new CompareCommand();
      case "gfp" -> new GfpCommand();
      case "machine" -> new MachineCommand();
      case "explain" -> new ExplainCommand();
      case "meminfo" -> new MeminfoCommand();
      case "ls" -> new LsCommand();
      case "tree" -> new TreeCommand();
      case "trace" -> new TraceCommand();
      case "page-types" -> new PageTypesCommand();
      case "cat" -> new CatCommand();
      case "dmesg" -> new DmesgCommand();
      case "verify" -> new VerifyCommand();
      case "kmap", "kmap_local_page", "kmap_atomic" -> KmapCommand.of(name, lab);
      case "kunmap", "kunmap_local", "kunmap_atomic" -> KunmapCommand.of(name, lab);
      case "pkmap", "fixmap" -> WindowCommand.of(name);
      case "context" -> new ContextCommand();
      case "cpu" -> new CpuCommand(lab);
      case "reboot" -> new RebootCommand();
      case "replay" -> new ReplayCommand();
      case "undo" -> new UndoCommand();
      case "redo" -> new RedoCommand();
      case "history" -> new HistoryCommand();
      case "mark" -> new MarkCommand();
      case "marks" -> new MarksCommand();
      case "goto" -> new GotoCommand();
      case "until" -> UntilCommand.forward();
      case "reverse-until" -> UntilCommand.back();
      case "diff" -> new DiffCommand();
      case "reset" -> new ResetCommand();
      case "save" -> new SaveCommand();
      case "load" -> new LoadCommand(lab, this);
      case "export" -> new ExportCommand();
      case "repeat", "for", "!", "source", "step", "watch" -> new ControlCommand(name);
      case "exit", "quit" -> new LeaveCommand(name);
      case "completion" -> new CompletionCommand();
      case "tour" -> new TourCommand(Learner.of(System.getenv()));
      case "myths" -> new MythsCommand();
      case "lesson" -> new LessonCommand();
      case "interview" -> new InterviewCommand(Learner.of(System.getenv()));
      case "drill" -> new DrillCommand(Learner.of(System.getenv()));
      case "play" -> new PlayCommand();
      case "dash" -> new DashCommand();
      case "plot" -> new PlotCommand();
      case "render" -> new RenderCommand();
      case "report" -> new ReportCommand();
      case "transcript" -> new TranscriptCommand();
      case "check" -> new CheckCommand();
      case "assert" -> new AssertCommand();
      case "echo" -> new EchoCommand();
      case "help" -> new HelpCommand(this);
      case "apropos" -> new AproposCommand(this);
      default -> null;
    };
  }

  /** The names of the groups, in the order in which help lists them. */
  public String[] groups() {
    return CommandGroups.groups();
  }

  /** The title of a group, or null when there is no such group. */
  public String title(String group) {
    return CommandGroups.title(group);
  }

  /** The names of the commands of a group; empty when there is no such group. */
  public String[] names(String group) {
    return CommandGroups.names(group);
  }

  /** The names of all commands. */
  public String[] names() {
    return CommandGroups.names();
  }
}
