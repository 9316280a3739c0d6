package kmemsh.shell;

import java.io.IOException;
import java.io.InputStream;

/** Where a run reads and writes. */
final class Streams {
  final InputStream in;
  final Sink out;
  final Sink err;

  Streams(InputStream in, Sink out, Sink err) {
    this.in = in;
    this.out = out;
    this.err = err;
  }

  /**
   * Writes {@code message} and a newline to the error stream, behind all that was written before.
   * Characters that would steer a terminal become question marks.
   */
  void error(String message) {
    StringBuilder text = new StringBuilder(message.length() + 1);
    for (int i = 0; i < message.length(); i++) {
      char c = message.charAt(i);
      text.append(Character.isISOControl(c) && c != '\n' ? '?' : c);
    }
    try {
      out.flush();
    } catch (IOException closed) {
      // Met again, and dealt with, at the next write to it.
    }
    try {
      err.append(text.append('\n'));
      err.flush();
    } catch (IOException closed) {
      // Nobody is left to tell.
    }
  }
}
