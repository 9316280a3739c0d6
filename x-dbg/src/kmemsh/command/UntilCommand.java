package kmemsh.command;

import kmemsh.op.Refused;
import kmemsh.session.Session;
import kmemsh.view.Refusal;

/** {@code until} and {@code reverse-until}: go through the history to where a condition holds. */
final class UntilCommand extends Command {
  private final boolean forward;

  private UntilCommand(String name, boolean forward, String summary) {
    super(
        new Usage(name, CommandTable.SESSION, summary)
            .raw()
            .rest("EXPRESSION", ArgKind.EXPRESSION, true, "for example free(Normal,3) == 12"));
    this.forward = forward;
  }

  static Command forward() {
    return new UntilCommand("until", true, "Run what was undone until a condition holds");
  }

  static Command back() {
    return new UntilCommand("reverse-until", false, "Go back to where a condition last held");
  }

  @Override
  public Reply run(Arguments arguments) {
    Session session = arguments.session();
    int end = forward ? session.size() : 0;
    if (session.now() == end) {
      throw new Refused(
          forward
              ? new Refusal("nothing was undone, so there is nothing to run forward", "", "undo 5")
              : new Refusal("this is the beginning: there is no way back from here", "", ""));
    }
    int found = Moments.where(arguments, forward);
    if (found < 0) {
      throw new Refused(
          "at no moment "
              + (forward ? "from here to the end" : "before this one")
              + " does it hold that "
              + arguments.text());
    }
    session.jump(found);
    return GotoCommand.moved(session);
  }
}
