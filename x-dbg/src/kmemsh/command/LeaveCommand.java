package kmemsh.command;

/** {@code exit}, {@code quit}: ends the session or the script. */
final class LeaveCommand extends Command {
  LeaveCommand(String name) {
    super(new Usage(name, CommandTable.SESSION, "Leave kmemsh, or end the script"));
  }

  @Override
  public Reply run(Arguments arguments) {
    return Reply.leave();
  }
}
