package kmemsh.command;

import kmemsh.view.CacheTable;

/** {@code frag [ZONE]}: fragmentation figures. */
final class FragCommand extends LookCommand {
  private static final String SLAB = "--slab";

  FragCommand() {
    super(
        new Usage("frag", CommandTable.LOOKING, "Measure internal and external fragmentation")
            .flag(SLAB, "inside slabs instead: asked for, given, lost, for each cache")
            .optional("ZONE", ArgKind.ZONE, "all zones", "one zone"));
  }

  @Override
  public Reply run(Arguments arguments) {
    if (arguments.hasOption(SLAB)) {
      return Reply.of(machine(arguments).slab().table(CacheTable.WASTE));
    }
    return Reply.of(machine(arguments).frames().fragmentation(zone(arguments, 0)));
  }
}
