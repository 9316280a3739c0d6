package kmemsh.shell;

import java.io.File;
import java.io.IOException;

/** Whether standard streams are terminals, found out without a terminal library. */
final class Tty {
  private Tty() {}

  /** Whether {@code descriptor}, 0 to 2, is a terminal. */
  static boolean isTerminal(int descriptor) {
    File link = new File("/proc/self/fd/" + descriptor);
    String target;
    try {
      target = link.getCanonicalPath();
    } catch (IOException unreadable) {
      return false;
    }
    if (!target.startsWith("/dev/") && !new File("/proc/self/fd").exists()) {
      return Test.asked(descriptor);
    }
    return target.startsWith("/dev/pts/")
        || target.startsWith("/dev/tty")
        || target.equals("/dev/console");
  }

  /** The slow way, for systems without /proc. */
  private static final class Test {
    static boolean asked(int descriptor) {
      try {
        Process test =
            new ProcessBuilder("test", "-t", Integer.toString(descriptor)).inheritIO().start();
        return test.waitFor() == 0;
      } catch (IOException | InterruptedException unknown) {
        return false;
      }
    }
  }
}
