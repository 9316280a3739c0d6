package kmemsh.command;

/** {@code buddyinfo [ZONE]}: free blocks by order, drawn. */
final class BuddyinfoCommand extends LookCommand {
  BuddyinfoCommand() {
    super(
        new Usage("buddyinfo", CommandTable.LOOKING, "Draw the free blocks of each zone and order")
            .optional("ZONE", ArgKind.ZONE, "all zones", "one zone"));
  }

  @Override
  public Reply run(Arguments arguments) {
    return Reply.of(arguments.session().machine().freeBlocks().buddyInfo(zone(arguments, 0)));
  }
}
