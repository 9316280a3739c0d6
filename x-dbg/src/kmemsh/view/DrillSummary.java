package kmemsh.view;

import java.util.List;

/**
 * The end of a drill.
 *
 * @param asked questions that were to be answered
 * @param points reached
 * @param of points that could be reached
 * @param seconds all answers took, -1 when nobody looked at a clock
 * @param topics by name
 * @param weak the families to repeat, as {@code drill} takes them
 */
public record DrillSummary(
    int asked,
    int right,
    int wrong,
    int skipped,
    int points,
    int of,
    long seconds,
    List<Topic> topics,
    List<String> weak) {

  /** The questions of one topic. */
  public record Topic(String topic, int asked, int right) {}
}
