package kmemsh.command;

/** {@code kmalloc_caches}: which cache serves which kmalloc. */
final class KmallocCachesCommand extends LookCommand {
  KmallocCachesCommand() {
    super(
        new Usage("kmalloc_caches", CommandTable.LOOKING, "Show which cache serves which kmalloc"));
  }

  @Override
  public Reply run(Arguments arguments) {
    return Reply.of(machine(arguments).slab().kmallocCaches());
  }
}
