package kmemsh.view;

import java.util.List;

/**
 * Objects that are still held.
 *
 * @param since the entry of the history behind which they were taken; 0 for all
 * @param leaks by the entry that took them, ascending
 */
public record LeakReport(int since, List<Leak> leaks) {
  /**
   * What one entry of the history took and nobody gave back.
   *
   * @param n the entry
   * @param line as typed
   * @param cache name; empty for large blocks and for SLOB
   * @param objects how many
   * @param askedBytes asked for in all
   * @param givenBytes given in all
   * @param first address of the first of them
   */
  public record Leak(
      int n,
      String line,
      String cache,
      int objects,
      long askedBytes,
      long givenBytes,
      Addr first) {}
}
