package kmemsh.command;

import kmemsh.op.Refused;
import kmemsh.session.Marks;
import kmemsh.session.Session;
import kmemsh.view.Refusal;

/** {@code diff [MARK]}: what changed since a moment. */
final class DiffCommand extends LookCommand {
  DiffCommand() {
    super(
        new Usage("diff", CommandTable.SESSION, "Show what changed since a moment")
            .optional("MARK", ArgKind.MARK, "the last mark, or boot", "a mark or a number"));
  }

  @Override
  public Reply run(Arguments arguments) {
    Session session = arguments.session();
    String since = arguments.has(0) ? arguments.word(0) : lastMark(session);
    int moment = arguments.has(0) ? Moments.moment(arguments, 0) : momentOf(session, since);
    if (moment > session.now()) {
      throw new Refused(
          new Refusal(
              since + " lies ahead, at " + moment + ": diff compares with an earlier moment",
              "",
              "goto " + since));
    }
    return Reply.of(new StateDiffs(session).since(moment, since));
  }

  /** The last mark before the present moment, empty for boot. */
  private static String lastMark(Session session) {
    String last = "";
    for (Marks.Mark mark : session.marks().list()) {
      last = mark.moment() < session.now() ? mark.name() : last;
    }
    return last;
  }

  private static int momentOf(Session session, String mark) {
    return mark.isEmpty() ? 0 : session.marks().moment(mark);
  }
}
