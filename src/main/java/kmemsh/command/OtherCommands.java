package kmemsh.command;

import kmemsh.learn.Learner;

/** Builds the commands that are not among {@link PageCommands}. */
final class OtherCommands {
  private OtherCommands() {}

  /**
   * A new command, or null. It is declared an {@link Object} because the verifier would otherwise
   * load every class named here at the first use of one, which is a quarter of the start-up time.
   */
  static Object build(String name, Lab lab, CommandTable table) {
    return switch (name) {
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
      case "load" -> new LoadCommand(lab, table);
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
      case "help" -> new HelpCommand(table);
      case "apropos" -> new AproposCommand(table);
      default -> null;
    };
  }
}
