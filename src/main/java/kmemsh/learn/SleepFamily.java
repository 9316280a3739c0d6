package kmemsh.learn;

/** Whether a call is allowed in a context, which mostly is: whether it may sleep there. */
final class SleepFamily extends Family {
  private static final String[] FEW = {"process", "softirq", "hardirq", "atomic"};
  private static final String[] ALL = {
    "process", "process", "softirq", "hardirq", "atomic", "irq_off", "bh_off"
  };

  SleepFamily() {
    super("sleep", "gfp", "may this call sleep here");
  }

  @Override
  void make(Draft draft) {
    draft.boot("--machine i386 --mem 1280M");
    draft.setup("page = alloc_page GFP_HIGHUSER");
    String context = draft.level() < 3 ? draft.pickOf(FEW) : draft.pickOf(ALL);
    String call = call(draft);
    draft.setup("context " + context);
    draft.prompt("May `" + call + "` be called here, in " + words(context) + "?");
    draft.mayBe("yes", "yes", "then the call could not sleep, or this context could");
    draft.mayBe("no", "no", "then the call could sleep, and this context could not");
    String shown = draft.bench().said(call);
    boolean wrong = draft.bench().failed() || shown.contains("may not");
    draft.choice(wrong ? "no" : "yes");
    draft.hint("Only process context without a spinlock, and with interrupts on, may sleep.");
    draft.hint(
        "A mask may sleep when it has __GFP_DIRECT_RECLAIM, as GFP_KERNEL, NOFS and NOIO have.");
    draft.show(call);
    draft.show("context");
  }

  private static String call(Draft draft) {
    if (draft.level() == 1) {
      return "kmalloc "
          + draft.pick(8, 4000)
          + draft.pickOf(" GFP_KERNEL", " GFP_KERNEL", " GFP_ATOMIC");
    }
    return draft.pickOf(
        "kmalloc " + draft.pick(8, 4000) + " GFP_KERNEL",
        "kmalloc " + draft.pick(8, 4000) + " GFP_NOWAIT",
        "alloc_pages " + draft.pick(0, 3) + " GFP_NOFS",
        "alloc_pages " + draft.pick(0, 3) + " GFP_ATOMIC",
        "alloc_page GFP_NOIO",
        "alloc_page GFP_HIGHUSER",
        "kmap $page",
        "kmap_local_page $page",
        "kmem_cache_create foo " + draft.pick(32, 900));
  }

  private static String words(String context) {
    return switch (context) {
      case "process" -> "process context";
      case "softirq" -> "a softirq";
      case "hardirq" -> "an interrupt handler";
      case "irq_off" -> "a process with interrupts off";
      case "bh_off" -> "a process with softirqs off";
      default -> "a process that holds a spinlock";
    };
  }
}
