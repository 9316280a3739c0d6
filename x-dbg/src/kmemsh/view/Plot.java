package kmemsh.view;

import java.util.List;

/**
 * Numbers over the history of a session.
 *
 * @param moments at which the machine was looked at, ascending; 0 is boot
 * @param series one for each number asked for
 */
public record Plot(int[] moments, List<Series> series) {
  /**
   * A number over the history.
   *
   * @param name what the user called it
   * @param values one for each moment; {@link #NONE} where it meant nothing
   */
  public record Series(String name, long[] values) {}

  /** There was no such number at that moment. */
  public static final long NONE = Long.MIN_VALUE;
}
