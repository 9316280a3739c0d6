package kmemsh.command;

import kmemsh.lang.Words;
import kmemsh.op.Refused;
import kmemsh.session.Session;
import kmemsh.view.Refusal;

/** {@code leaks [--since MARK]}: objects that were taken and never given back. */
final class LeaksCommand extends Command {
  private static final String SINCE = "--since";

  LeaksCommand() {
    super(
        new Usage("leaks", CommandTable.LOOKING, "Find objects that were never given back")
            .option(SINCE, "MARK", ArgKind.MARK, "0", "only what was taken after that moment"));
  }

  @Override
  public Reply run(Arguments arguments) {
    Session session = arguments.session();
    int reboot = session.lastReboot();
    int since = arguments.hasOption(SINCE) ? Moments.moment(session, arguments.option(SINCE)) : 0;
    if (since > session.now()) {
      throw new Refused(
          new Refusal(
              Words.show(arguments.option(SINCE))
                  + " is moment "
                  + since
                  + " and now is "
                  + session.now()
                  + ": there is nothing since then",
              "",
              "redo"));
    }
    return Reply.of(new LeakFinder(session).report(Math.max(since, reboot), since));
  }
}
