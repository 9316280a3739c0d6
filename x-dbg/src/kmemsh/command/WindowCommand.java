package kmemsh.command;

import kmemsh.machine.HighmemQueries;

/** {@code pkmap} and {@code fixmap}: the windows to HighMem. */
final class WindowCommand extends LookCommand {
  private static final String ALL = "--all";

  private WindowCommand(Usage usage) {
    super(usage);
  }

  /** The command of that name. */
  static WindowCommand of(String name) {
    return name.equals("pkmap")
        ? new WindowCommand(
            new Usage(name, CommandTable.SPACE, "Draw the window in which kmap maps HighMem")
                .flag(ALL, "show every slot of a long list"))
        : new WindowCommand(
            new Usage(name, CommandTable.SPACE, "Draw the fixmap and its slots for local maps"));
  }

  @Override
  public Reply run(Arguments arguments) {
    HighmemQueries queries = new HighmemQueries(arguments.session().machine());
    return usage().name().equals("pkmap")
        ? Reply.of(queries.pkmap(arguments.hasOption(ALL)))
        : Reply.of(queries.fixmap());
  }
}
