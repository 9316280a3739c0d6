package kmemsh.command;

import java.util.ArrayList;
import java.util.List;
import kmemsh.session.Session;
import kmemsh.view.HistoryList;

/** {@code history [N]}: the last N operations and those that were undone. */
final class HistoryCommand extends Command {
  private static final int SHOWN = 20;

  HistoryCommand() {
    super(
        new Usage("history", CommandTable.SESSION, "List the operations that led here")
            .optional("N", ArgKind.COUNT, "20", "how many, the last ones"));
  }

  @Override
  public Reply run(Arguments arguments) {
    Session session = arguments.session();
    int shown = arguments.has(0) ? arguments.count(0, Integer.MAX_VALUE) : SHOWN;
    List<HistoryList.Entry> entries = new ArrayList<>();
    for (int i = Math.max(0, session.now() - shown) + 1; i <= session.size(); i++) {
      if (i > session.now() + (long) shown) {
        break;
      }
      entries.add(new HistoryList.Entry(i, session.textAt(i)));
    }
    return Reply.of(new HistoryList(entries, session.now()));
  }
}
