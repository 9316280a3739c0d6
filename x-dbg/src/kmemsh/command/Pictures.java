package kmemsh.command;

import java.util.function.Supplier;
import kmemsh.op.Refused;

/** Drawing through the graphics part of Java, which not every machine has whole. */
final class Pictures {
  private Pictures() {}

  /**
   * What {@code drawing} gives.
   *
   * @throws Refused when this Java cannot draw, as without fonts
   */
  static String draw(Supplier<String> drawing) {
    String before = System.getProperty("java.awt.headless");
    try {
      if (before == null) {
        System.setProperty("java.awt.headless", "true");
      }
      return drawing.get();
    } catch (LinkageError | InternalError missing) {
      throw new Refused(
          "this Java cannot draw: it lacks its graphics part or fonts (" + missing + ")");
    }
  }
}
