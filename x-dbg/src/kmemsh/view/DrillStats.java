package kmemsh.view;

import java.util.List;

/**
 * What a learner has done.
 *
 * @param answers in all
 * @param right of them
 * @param due how many items are to be repeated now
 * @param nextDue when the next one is, as a date and time, or empty
 * @param topics by name
 * @param days the days up to today, the oldest first, those without answers included
 * @param firstWeekday of the first of these days, 0 is Monday
 */
public record DrillStats(
    long answers,
    long right,
    int due,
    String nextDue,
    List<Topic> topics,
    List<Day> days,
    int firstWeekday) {

  /**
   * A topic.
   *
   * @param items of it that were asked before
   * @param of how many there are
   */
  public record Topic(String topic, int items, int of, int answers, int right, int due) {}

  /** A day, as year-month-day. */
  public record Day(String date, int answers, int right) {}
}
