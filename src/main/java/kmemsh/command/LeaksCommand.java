package kmemsh.command;

import kmemsh.op.Refused;
import kmemsh.session.Session;

/** {@code leaks [--since N]}: objects that were taken and never given back. */
final class LeaksCommand extends Command {
  private static final String SINCE = "--since";

  LeaksCommand() {
    super(
        new Usage("leaks", CommandTable.LOOKING, "Find objects that were never given back")
            .option(SINCE, "N", ArgKind.COUNT, "0", "only what later entries of the history took"));
  }

  @Override
  public Reply run(Arguments arguments) {
    Session session = arguments.session();
    int reboot = session.lastReboot();
    int since = arguments.option(SINCE, 0, 0, Integer.MAX_VALUE);
    if (since > session.now()) {
      throw new Refused(
          since + " is not one of the entries 0.." + session.now() + " of the history");
    }
    return Reply.of(new LeakFinder(session).report(Math.max(since, reboot), since));
  }
}
