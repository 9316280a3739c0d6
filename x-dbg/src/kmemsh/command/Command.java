package kmemsh.command;

/**
 * One command: checks its arguments, does one thing, returns one reply. It prints nothing and keeps
 * nothing between lines.
 */
public abstract class Command {
  /** No name of a command is longer. */
  static final int LONGEST_NAME = 40;

  private final Usage usage;

  protected Command(Usage usage) {
    this.usage = usage;
  }

  /** How the command is written and what it is for. */
  public final Usage usage() {
    return usage;
  }

  /** Whether it steers what other commands run, which the interpreter does itself. */
  boolean isControl() {
    return false;
  }

  /**
   * Runs the command.
   *
   * @param arguments of this line only: they are used again for the next one
   * @throws kmemsh.op.Refused when it must not be done; nothing changed then
   */
  public abstract Reply run(Arguments arguments);
}
