package kmemsh.view;

import java.util.List;

/**
 * The lines of /proc/meminfo; values are KiB, those of {@code HugePages_} are counts.
 *
 * @param all whether lines that are 0 are to be shown
 */
public record Meminfo(boolean all, List<Line> lines) {
  /** One line; {@code name} is without its colon. */
  public record Line(String name, long value) {}

  /** The value of a line, 0 when there is none. */
  public long value(String name) {
    for (Line line : lines) {
      if (line.name.equals(name)) {
        return line.value;
      }
    }
    return 0;
  }
}
