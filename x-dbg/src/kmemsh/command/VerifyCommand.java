package kmemsh.command;

import kmemsh.view.VerifyReport;

/** {@code verify}: checks every rule of the model's state. */
final class VerifyCommand extends Command {
  VerifyCommand() {
    super(new Usage("verify", CommandTable.LOOKING, "Check that the whole state makes sense"));
  }

  @Override
  public Reply run(Arguments arguments) {
    VerifyReport report = arguments.session().machine().verify();
    return Reply.of(report).exitStatus(report.ok() ? 0 : 1);
  }
}
