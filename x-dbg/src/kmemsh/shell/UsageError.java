package kmemsh.shell;

/** The program was called in a way it can't run; exit status 2. */
final class UsageError extends Exception {
  private static final long serialVersionUID = 1L;

  /** {@code message} starts with the offending word and says what would be right. */
  UsageError(String message) {
    super(message, null, false, false);
  }
}
