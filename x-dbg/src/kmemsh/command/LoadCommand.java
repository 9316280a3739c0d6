package kmemsh.command;

import java.io.BufferedReader;
import java.io.IOException;
import kmemsh.lang.Values;
import kmemsh.lang.Words;
import kmemsh.op.Refused;
import kmemsh.session.Session;
import kmemsh.session.SessionFile;
import kmemsh.view.Loaded;

/** {@code load FILE}: runs a saved session; all of it or nothing. */
final class LoadCommand extends Command {
  private final Lab lab;
  private final CommandTable table;
  private boolean loading;

  LoadCommand(Lab lab, CommandTable table) {
    super(
        new Usage("load", CommandTable.SESSION, "Go to the state a file was saved in")
            .required("FILE", ArgKind.FILE, "what save wrote"));
    this.lab = lab;
    this.table = table;
  }

  @Override
  public Reply run(Arguments arguments) {
    String file = arguments.word(0);
    if (loading) {
      throw new Refused(Words.show(file) + " cannot be loaded while a file is being loaded");
    }
    loading = true;
    int before = lab.session().now();
    try (BufferedReader reader = Scripts.open(file)) {
      checkVersion(file, reader.readLine());
      return Reply.of(new Loaded(file, runLines(file, Frame.source(file, reader))));
    } catch (IOException failure) {
      goBack(before);
      throw new Refused(Words.show(file) + " cannot be read: " + SessionFile.reason(failure));
    } catch (Refused refused) {
      goBack(before);
      throw refused;
    } finally {
      loading = false;
    }
  }

  private static void checkVersion(String file, String firstLine) {
    if (firstLine != null
        && firstLine.startsWith(SessionFile.ANY_VERSION)
        && !SessionFile.FIRST_LINE.equals(firstLine)) {
      throw new Refused(
          Words.show(file) + " has another version, `" + firstLine + "`: this program reads 1");
    }
    if (!SessionFile.FIRST_LINE.equals(firstLine)) {
      throw new Refused(
          Words.show(file)
              + " is no session: its first line is not `"
              + SessionFile.FIRST_LINE
              + "`");
    }
  }

  private long runLines(String file, Frame lines) {
    Session session = lab.session();
    Interpreter interpreter = new Interpreter(lab, table);
    long count = 0;
    for (String line = lines.next(); line != null; line = lines.next()) {
      if (count++ == 0 && line.equals(SessionFile.rebootLine(session))) {
        session.from(line, 0, line.length());
        session.reset();
        follow();
        continue;
      }
      interpreter.begin(line);
      for (Reply reply = interpreter.next(); reply != null; reply = interpreter.next()) {
        if (!reply.ok()) {
          interpreter.abandon();
          throw new Refused(Words.show(file) + ":" + (count + 1) + ": " + reply.refusal().what());
        }
      }
    }
    return count;
  }

  private void goBack(int before) {
    Session session = lab.session();
    if (session.now() != before) {
      session.goTo(before);
      follow();
      session.forgetUndone();
      follow();
    }
  }

  private void follow() {
    Session session = lab.session();
    Values values = lab.values();
    values.follow(session.cuts(), session.now(), session.lastReboot());
  }
}
