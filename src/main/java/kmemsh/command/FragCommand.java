package kmemsh.command;

/** {@code frag [ZONE]}: fragmentation figures. */
final class FragCommand extends LookCommand {
  FragCommand() {
    super(
        new Usage("frag", CommandTable.LOOKING, "Measure internal and external fragmentation")
            .optional("ZONE", ArgKind.ZONE, "all zones", "one zone"));
  }

  @Override
  public Reply run(Arguments arguments) {
    return Reply.of(machine(arguments).frames().fragmentation(zone(arguments, 0)));
  }
}
