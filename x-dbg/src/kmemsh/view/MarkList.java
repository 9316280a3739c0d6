package kmemsh.view;

import java.util.List;

/**
 * Named moments of the history.
 *
 * @param marks the earliest first
 * @param now the present moment
 */
public record MarkList(List<Mark> marks, int now) {
  /**
   * One of them.
   *
   * @param moment how many entries of the history led to it
   * @param line the last of these entries, empty at the beginning
   */
  public record Mark(String name, int moment, String line) {}
}
