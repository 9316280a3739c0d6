package kmemsh.learn;

/**
 * A machine of its own to which lines are typed, so that questions and lessons are made, answered
 * and shown in the one language that the learner knows too.
 */
public interface Bench {
  /**
   * Boots a fresh machine; nothing of what was typed before is left.
   *
   * @param options as {@code reboot} takes them; empty for the machine without options
   */
  void boot(String options);

  /**
   * Runs a line.
   *
   * @return the record of its last answer: a {@code Refusal} when it was refused, null when there
   *     is nothing to show
   */
  Object run(String line);

  /** Whether a command of the line that ran last was refused or an assertion in it failed. */
  boolean failed();

  /**
   * The value of an expression such as {@code free(Normal,3)}.
   *
   * @throws IllegalStateException when it has none
   */
  long number(String expression);

  /** Runs a line and gives all of its answers as text in which no line is broken. */
  String said(String line);

  /** Runs a line and gives all of its answers as they are to be seen, each line ended. */
  String shown(String line);

  /** The first {@code lines} lines of that; where facts are told in words, as many facts. */
  String shown(String line, int lines);
}
