package kmemsh.command;

/** {@code reset}: boots the same hardware again. */
final class ResetCommand extends Command {
  ResetCommand() {
    super(
        new Usage(
            "reset", CommandTable.SESSION, "Start again with the same machine, as after boot"));
  }

  @Override
  public Reply run(Arguments arguments) {
    arguments.session().reset();
    return Reply.done();
  }
}
