package kmemsh.view;

import java.util.List;

/**
 * Lines that changed something.
 *
 * @param entries oldest first
 * @param now how many entries led to the present state; those behind it are undone
 */
public record HistoryList(List<Entry> entries, int now) {

  /** Entry {@code n}, from 1, and its line. */
  public record Entry(int n, String line) {}
}
