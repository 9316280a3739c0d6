package kmemsh.command;

import kmemsh.session.Session;
import kmemsh.view.Moved;

/** {@code goto MARK}: goes to a moment of the history, back or forward. */
final class GotoCommand extends Command {
  GotoCommand() {
    super(
        new Usage("goto", CommandTable.SESSION, "Go to a marked moment, or to one by its number")
            .required("MARK", ArgKind.MARK, "a mark, or a number as history shows; 0 is boot"));
  }

  @Override
  public Reply run(Arguments arguments) {
    Session session = arguments.session();
    session.jump(Moments.moment(arguments, 0));
    return moved(session);
  }

  /** Where the history stands now. */
  static Reply moved(Session session) {
    int now = session.now();
    String line = now == 0 ? "" : session.textAt(now);
    return Reply.of(new Moved(now, session.size(), line, true));
  }
}
