package kmemsh.command;

import java.util.HashMap;
import java.util.Map;
import java.util.function.IntSupplier;
import kmemsh.lang.Expression;
import kmemsh.lang.LineError;
import kmemsh.lang.Values;
import kmemsh.learn.Bench;
import kmemsh.machine.Machine;
import kmemsh.machine.Profile;
import kmemsh.machine.Profiles;
import kmemsh.session.Session;
import kmemsh.text.Text;

/**
 * Machines for drills and lessons, apart from the one of the prompt. Each kind of machine boots
 * once; later it only goes back to its first moment.
 */
final class PracticeBench implements Bench {
  /** What shows an answer stands so far to the right. */
  private static final int INDENT = 2;

  private static final int UNBROKEN = 1000;

  /** So many machines are kept. */
  private static final int MAX_MACHINES = 24;

  private final Map<String, Session> sessions = new HashMap<>();
  private final boolean plain;
  private final IntSupplier columns;
  private Lab lab;
  private CommandTable table;
  private Interpreter interpreter;
  private boolean failed;

  PracticeBench() {
    this(false, () -> TranscriptRun.COLUMNS);
  }

  /** Shows what it shows as the command does that makes it. */
  PracticeBench(Arguments arguments) {
    this(arguments.plain(), arguments::columns);
  }

  /**
   * @param plain whether what would be drawn is told in words
   * @param columns the width of what is shown
   */
  PracticeBench(boolean plain, IntSupplier columns) {
    this.plain = plain;
    this.columns = columns;
  }

  @Override
  public void boot(String options) {
    Session session = sessions.get(options);
    if (session == null) {
      if (sessions.size() == MAX_MACHINES) {
        sessions.clear();
      }
      session = new Session(new Machine(profile(options)));
      sessions.put(options, session);
    }
    session.goTo(0);
    session.forgetUndone();
    use(session);
  }

  private void use(Session session) {
    lab = new Lab(session, new Values(), null, null);
    table = new CommandTable(lab);
    interpreter = new Interpreter(lab, table);
    interpreter.withoutDialogues();
    if (plain) {
      interpreter.plain();
    }
    // The history of this session was cut before; values that come now must not be taken for old.
    lab.values().follow(session.cuts(), session.now(), session.lastReboot());
  }

  private Profile profile(String options) {
    if (options.isEmpty()) {
      return Profiles.standard();
    }
    use(new Session(Profiles.standard()));
    run("reboot " + options);
    if (failed) {
      throw new IllegalArgumentException("no machine: " + options);
    }
    return lab.session().machine().profile();
  }

  Interpreter interpreter() {
    return interpreter;
  }

  Lab lab() {
    return lab;
  }

  CommandTable table() {
    return table;
  }

  @Override
  public Object run(String line) {
    Object record = null;
    failed = false;
    interpreter.begin(line);
    for (Reply reply = interpreter.next(); reply != null; reply = interpreter.next()) {
      record = reply.ok() ? reply.record() : reply.refusal();
      failed |= !reply.ok();
    }
    return record;
  }

  @Override
  public boolean failed() {
    return failed;
  }

  @Override
  public long number(String expression) {
    try {
      return new Expression(lab.values(), lab)
          .evaluate(expression, 0, expression.length())
          .number();
    } catch (LineError wrong) {
      throw new IllegalStateException(expression + ": " + wrong.refusal().what(), wrong);
    }
  }

  @Override
  public String said(String line) {
    return text(line, UNBROKEN);
  }

  @Override
  public String shown(String line) {
    return text(line, columns.getAsInt() - INDENT);
  }

  private String text(String line, int width) {
    Text out = new Text();
    failed = false;
    interpreter.begin(line);
    for (Reply reply = interpreter.next(); reply != null; reply = interpreter.next()) {
      failed |= !reply.ok();
      ReplyText.write(reply, out, width);
    }
    return out.plain();
  }

  @Override
  public String shown(String line, int lines) {
    String all = shown(line);
    int end = 0;
    // A fact in words may take several lines; the first one says what they are facts of.
    int left = plain ? lines + 1 : lines;
    while (end < all.length() && left > 0) {
      end = all.indexOf('\n', end) + 1;
      left -= plain && end < all.length() && all.charAt(end) == ' ' ? 0 : 1;
    }
    return all.substring(0, end);
  }
}
