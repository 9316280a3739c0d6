package kmemsh.command;

import java.util.List;
import kmemsh.lang.Words;
import kmemsh.op.Refused;
import kmemsh.session.Session;
import kmemsh.view.MarkList;
import kmemsh.view.Refusal;

/** {@code mark NAME}: gives the present moment a name. */
final class MarkCommand extends Command {
  MarkCommand() {
    super(
        new Usage("mark", CommandTable.SESSION, "Give the present moment a name")
            .required("NAME", ArgKind.NAME, "letters, digits, _ and -, not a number"));
  }

  @Override
  public Reply run(Arguments arguments) {
    Session session = arguments.session();
    String name = checked(arguments.word(0));
    session.marks().set(name, session.now());
    return Reply.of(new MarkList(List.of(MarksCommand.mark(session, name)), session.now()));
  }

  private static String checked(String name) {
    boolean good = !name.isEmpty() && !isDigit(name.charAt(0)) && name.charAt(0) != '-';
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      good &=
          isDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '-';
    }
    if (!good) {
      throw new Refused(
          new Refusal(
              Words.show(name)
                  + " is no name for a moment: names have letters, digits, _ and -, and begin with"
                  + " a letter",
              "",
              ""));
    }
    return name;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
