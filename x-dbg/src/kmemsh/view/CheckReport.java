package kmemsh.view;

import java.util.List;

/**
 * Whether a transcript still tells the truth.
 *
 * @param file as it was typed
 * @param commands how many commands ran
 * @param differences in the order of the file; empty when every recorded answer is the one of now
 */
public record CheckReport(String file, int commands, List<Difference> differences) {

  /**
   * A place where the recorded answer is not the one of now.
   *
   * @param line of the file, from 1
   * @param command what was run
   * @param recorded the recorded line, or what is wrong with it
   * @param now the line of now, empty when the answer of now has ended
   */
  public record Difference(int line, String command, String recorded, String now) {}
}
