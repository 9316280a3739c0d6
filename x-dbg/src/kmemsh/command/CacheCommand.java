package kmemsh.command;

/** {@code cache NAME}: a cache drawn. */
final class CacheCommand extends LookCommand {
  CacheCommand() {
    super(
        new Usage("cache", CommandTable.LOOKING, "Draw a cache: its arrays, its lists, its slabs")
            .required("NAME", ArgKind.CACHE, "which cache"));
  }

  @Override
  public Reply run(Arguments arguments) {
    String name = CacheLook.nameWithSlabs(arguments, 0);
    return Reply.of(machine(arguments).slab().picture(name));
  }
}
