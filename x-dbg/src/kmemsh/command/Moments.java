package kmemsh.command;

import kmemsh.lang.LineError;
import kmemsh.lang.Suggest;
import kmemsh.lang.Words;
import kmemsh.op.Refused;
import kmemsh.session.Marks;
import kmemsh.session.Session;
import kmemsh.session.TimeWalk;
import kmemsh.view.Refusal;

/** Moments of the history as they are typed: marks, numbers, conditions. */
final class Moments {
  private Moments() {}

  /** The moment that argument {@code i} names. */
  static int moment(Arguments arguments, int i) {
    return moment(arguments.session(), arguments.word(i));
  }

  /** The moment that {@code word} names. */
  static int moment(Session session, String word) {
    int marked = session.marks().moment(word);
    if (marked >= 0) {
      return marked;
    }
    boolean number = !word.isEmpty() && word.length() < 10;
    for (int c = 0; c < word.length(); c++) {
      number &= word.charAt(c) >= '0' && word.charAt(c) <= '9';
    }
    if (number) {
      int moment = Integer.parseInt(word);
      if (moment > session.size()) {
        throw new Refused(
            new Refusal("moment " + moment + " is not one of 0.." + session.size(), "", "history"));
      }
      return moment;
    }
    throw new Refused(
        new Refusal(
            Words.show(word) + " is no mark and no number of the history",
            "",
            Suggest.nearest(word, names(session))));
  }

  /** The names of all marks. */
  static String[] names(Session session) {
    return session.marks().list().stream().map(Marks.Mark::name).toArray(String[]::new);
  }

  /**
   * The nearest moment at which a condition holds, or -1.
   *
   * @param forward among those that were undone, else among those that led here
   */
  static int where(Arguments arguments, boolean forward) {
    Condition condition = new Condition(arguments);
    TimeWalk walk = new TimeWalk(arguments.session());
    int found;
    try {
      found = forward ? walk.firstAfter(condition::holds) : walk.lastBefore(condition::holds);
    } finally {
      condition.follow();
    }
    condition.throwIfNeverMeant();
    return found;
  }

  /** A condition that may speak of values which do not exist at every moment. */
  private static final class Condition {
    private final Arguments arguments;
    private final String text;
    private LineError first;
    private boolean meant;

    Condition(Arguments arguments) {
      this.arguments = arguments;
      this.text = arguments.text();
    }

    boolean holds() {
      follow();
      try {
        boolean holds = arguments.check(text).isEmpty();
        meant = true;
        return holds;
      } catch (LineError meaningless) {
        first = first == null ? meaningless : first;
        return false;
      }
    }

    void follow() {
      Session session = arguments.session();
      arguments.lab().values().follow(session.cuts(), session.now(), session.lastReboot());
    }

    void throwIfNeverMeant() {
      if (!meant && first != null) {
        throw first;
      }
    }
  }
}
