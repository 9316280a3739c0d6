package kmemsh.command;

import kmemsh.machine.MachineQueries;

/** {@code freelist ZONE [ORDER] [MIGRATETYPE]}: the blocks of free lists in list order. */
final class FreelistCommand extends LookCommand {
  private static final String ALL = "--all";

  FreelistCommand() {
    super(
        new Usage("freelist", CommandTable.LOOKING, "List free blocks in the order of their lists")
            .required("ZONE", ArgKind.ZONE, "whose lists")
            .optional("ORDER", ArgKind.ORDER, "all orders", "one order")
            .optional("MIGRATETYPE", ArgKind.MIGRATETYPE, "all types", "one migratetype")
            .flag(ALL, "show every block of long lists"));
  }

  @Override
  public Reply run(Arguments arguments) {
    MachineQueries machine = machine(arguments);
    int order = arguments.has(1) ? arguments.order(1) : -1;
    boolean all = arguments.hasOption(ALL);
    return Reply.of(
        machine.pages().freeLists(arguments.zone(0), order, migratetype(arguments, 2), all));
  }
}
