package kmemsh.shell;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;

/** The program. */
public final class Main {
  /** The status of a wrong call. */
  static final int USAGE = 2;

  /** The status when kmemsh itself is wrong. */
  static final int PANIC = 70;

  private Main() {}

  /** Runs the program and ends the process with its status. */
  public static void main(String[] arguments) {
    int status = new Program(streams()).run(arguments);
    // Nothing is left to do: no shutdown hook of ours, all files closed.
    Runtime.getRuntime().halt(status);
  }

  /** The streams of the process. */
  static Streams streams() {
    return new Streams(
        new FileInputStream(FileDescriptor.in),
        new Sink(new FileOutputStream(FileDescriptor.out)),
        new Sink(new FileOutputStream(FileDescriptor.err)));
  }
}
