package kmemsh.command;

/**
 * Takes the lines in the place of the interpreter until it is over: a drill, a tour. Whoever reads
 * the lines, a prompt, a script or a test, does nothing else than for commands.
 */
abstract class Dialogue {
  /** What stands before a line at a terminal, without the {@code "> "}. */
  abstract String name();

  /** What completes its lines, or null. */
  Completions completions() {
    return null;
  }

  /** Takes a line; what was left of the answers to the one before is dropped. */
  abstract void line(String line);

  /** The next answer to the line, or null when another line is wanted. */
  abstract Reply next();

  /** Whether no more lines are wanted. */
  abstract boolean over();

  /** The input ended or the learner went away: {@link #next} gives what is left to be said. */
  abstract void end();
}
