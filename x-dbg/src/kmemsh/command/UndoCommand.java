package kmemsh.command;

import kmemsh.session.Session;
import kmemsh.view.Moved;

/** {@code undo [N]}: goes back N operations. */
final class UndoCommand extends Command {
  UndoCommand() {
    super(
        new Usage("undo", CommandTable.SESSION, "Take back the last operation, or the last N")
            .optional("N", ArgKind.COUNT, "1", "how many operations"));
  }

  @Override
  public Reply run(Arguments arguments) {
    Session session = arguments.session();
    session.undo(arguments.has(0) ? arguments.count(0, Integer.MAX_VALUE) : 1);
    String line = session.textAt(session.now() + 1);
    return Reply.of(new Moved(session.now(), session.size(), line, false));
  }
}
