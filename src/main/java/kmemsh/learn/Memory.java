package kmemsh.learn;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a learner was asked and how well it was known. */
public final class Memory {
  private final List<Review> reviews = new ArrayList<>();
  private final Map<String, Schedule> schedules = new TreeMap<>();

  /** Takes an answer in; they come in the order of time. */
  void add(Review review) {
    reviews.add(review);
    schedules.put(review.item(), schedule(review.item()).after(review));
  }

  public List<Review> reviews() {
    return reviews;
  }

  Schedule schedule(String item) {
    return schedules.getOrDefault(item, Schedule.NEW);
  }

  boolean knows(String item) {
    return schedules.containsKey(item);
  }

  /** What was asked before and is to be asked again, the longest overdue first. */
  List<String> due(Instant now) {
    List<String> due = new ArrayList<>();
    for (Map.Entry<String, Schedule> each : schedules.entrySet()) {
      if (!each.getValue().due().isAfter(now)) {
        due.add(each.getKey());
      }
    }
    due.sort(Comparator.comparing(item -> schedule(item).due()));
    return due;
  }

  /** When the next item is due, or null when there is none. */
  Instant nextDue() {
    Instant next = null;
    for (Schedule schedule : schedules.values()) {
      if (next == null || schedule.due().isBefore(next)) {
        next = schedule.due();
      }
    }
    return next;
  }

  /** How hard a family's questions should be: it rises with the answers known in a row. */
  int level(String item) {
    return Math.min(3, 1 + schedule(item).repetitions() / 2);
  }
}
