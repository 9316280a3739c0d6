package kmemsh.command;

import java.util.ArrayList;
import java.util.List;
import kmemsh.session.Marks;
import kmemsh.session.Session;
import kmemsh.view.MarkList;

/** {@code marks}: the moments that have a name. */
final class MarksCommand extends Command {
  MarksCommand() {
    super(new Usage("marks", CommandTable.SESSION, "List the moments that have a name"));
  }

  @Override
  public Reply run(Arguments arguments) {
    Session session = arguments.session();
    List<MarkList.Mark> marks = new ArrayList<>();
    for (Marks.Mark mark : session.marks().list()) {
      marks.add(mark(session, mark.name()));
    }
    return Reply.of(new MarkList(marks, session.now()));
  }

  static MarkList.Mark mark(Session session, String name) {
    int moment = session.marks().moment(name);
    return new MarkList.Mark(name, moment, moment == 0 ? "" : session.textAt(moment));
  }
}
