package kmemsh.command;

import kmemsh.session.Session;
import kmemsh.view.Moved;

/** {@code redo [N]}: runs N operations again that were undone. */
final class RedoCommand extends Command {
  RedoCommand() {
    super(
        new Usage("redo", CommandTable.SESSION, "Run again what undo took back")
            .optional("N", ArgKind.COUNT, "1", "how many operations"));
  }

  @Override
  public Reply run(Arguments arguments) {
    Session session = arguments.session();
    session.redo(arguments.has(0) ? arguments.count(0, Integer.MAX_VALUE) : 1);
    String line = session.textAt(session.now());
    return Reply.of(new Moved(session.now(), session.size(), line, true));
  }
}
