package kmemsh.capture;

/**
 * A recording that cannot be read: cut short, corrupt, of another kind, or no file at all. The
 * message is {@code FILE: what} or {@code FILE:LINE: what}, one sentence without a full stop.
 */
public final class BadRecording extends Exception {
  private static final long serialVersionUID = 1L;

  private final String file;
  private final long line;
  private final String what;

  /** {@code line} counts from 1; 0 means that no line can be named. */
  public BadRecording(String file, long line, String what) {
    super(line == 0 ? file + ": " + what : file + ":" + line + ": " + what);
    this.file = file;
    this.line = line;
    this.what = what;
  }

  /** The name the recording was opened by. */
  public String file() {
    return file;
  }

  /** The line at fault, from 1, or 0. */
  public long line() {
    return line;
  }

  /** What is wrong, beginning with the offending value. */
  public String what() {
    return what;
  }
}
