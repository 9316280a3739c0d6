package kmemsh.command;

/** {@code buddy [PFN]}: the split and merge tree around a frame. */
final class BuddyCommand extends LookCommand {
  BuddyCommand() {
    super(
        new Usage("buddy", CommandTable.LOOKING, "Draw the blocks and buddies around a frame")
            .optional("PFN", ArgKind.PAGE, "the last page", "a page, a pfn or an address"));
  }

  @Override
  public Reply run(Arguments arguments) {
    return Reply.of(machine(arguments).buddyTrees().around(pfn(arguments, 0)));
  }
}
