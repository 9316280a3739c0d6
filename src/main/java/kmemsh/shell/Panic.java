package kmemsh.shell;

/** kmemsh itself is wrong: something was thrown that is no refusal. */
final class Panic extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String place;

  /** {@code place} says which line ran, {@code cause} what was thrown. */
  Panic(String place, Throwable cause) {
    super(null, cause, false, false);
    this.place = place;
  }

  /** What is thrown when line {@code place} met {@code cause}. */
  static RuntimeException at(String place, Throwable cause) {
    return new Panic(place, cause);
  }

  /** What to tell the user when {@code thrown} ended the program. */
  static String sentence(Throwable thrown, String journal) {
    return thrown instanceof Panic panic
        ? panic.sentence(journal)
        : new Panic("kmemsh", thrown).sentence("");
  }

  /** What to tell the user: one sentence, and the stack when KMEMSH_DEBUG is 1. */
  String sentence(String journal) {
    Throwable cause = getCause();
    if (cause instanceof OutOfMemoryError) {
      return place
          + ": Java has too little memory for this; give it more with JAVA_TOOL_OPTIONS=-Xmx4g";
    }
    StringBuilder text = new StringBuilder(place);
    text.append(": this is a mistake in kmemsh (")
        .append(cause)
        .append("), please report the line");
    if (!journal.isEmpty()) {
      text.append("; what you did is in ").append(journal);
    }
    if ("1".equals(System.getenv("KMEMSH_DEBUG"))) {
      for (StackTraceElement element : cause.getStackTrace()) {
        text.append("\n  at ").append(element);
      }
    }
    return text.toString();
  }
}
