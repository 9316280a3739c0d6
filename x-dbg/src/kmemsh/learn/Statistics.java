package kmemsh.learn;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import kmemsh.view.DrillStats;

/** Numbers about what a learner has done. */
final class Statistics {
  /** So far the calendar goes back. */
  static final int DAYS = 12 * 7;

  private Statistics() {}

  static DrillStats of(Memory memory, List<Family> families, Clock clock) {
    Map<String, Family> byName = new HashMap<>();
    for (Family family : families) {
      byName.put(family.name(), family);
    }
    long right = memory.reviews().stream().filter(Review::passed).count();
    Instant next = memory.nextDue();
    LocalDate today = LocalDate.ofInstant(clock.instant(), clock.getZone());
    LocalDate first = today.minusDays(DAYS - 1);
    return new DrillStats(
        memory.reviews().size(),
        right,
        memory.due(clock.instant()).size(),
        next == null ? "" : next.atZone(clock.getZone()).toLocalDateTime().withSecond(0).toString(),
        topics(memory, families, byName, clock.instant()),
        days(memory, first, clock),
        first.getDayOfWeek().getValue() - 1);
  }

  private static List<DrillStats.Topic> topics(
      Memory memory, List<Family> families, Map<String, Family> byName, Instant now) {
    Map<String, int[]> counts = new TreeMap<>();
    for (Family family : families) {
      int[] topic = counts.computeIfAbsent(family.topic(), name -> new int[5]);
      topic[1]++;
      topic[0] += memory.knows(family.name()) ? 1 : 0;
    }
    for (Review review : memory.reviews()) {
      Family family = byName.get(review.item());
      if (family != null) {
        int[] topic = counts.get(family.topic());
        topic[2]++;
        topic[3] += review.passed() ? 1 : 0;
      }
    }
    Set<String> due = new HashSet<>(memory.due(now));
    for (Family family : families) {
      counts.get(family.topic())[4] += due.contains(family.name()) ? 1 : 0;
    }
    List<DrillStats.Topic> topics = new ArrayList<>();
    counts.forEach(
        (name, n) -> topics.add(new DrillStats.Topic(name, n[0], n[1], n[2], n[3], n[4])));
    return topics;
  }

  private static List<DrillStats.Day> days(Memory memory, LocalDate first, Clock clock) {
    int[] answers = new int[DAYS];
    int[] right = new int[DAYS];
    for (Review review : memory.reviews()) {
      LocalDate day = LocalDate.ofInstant(review.at(), clock.getZone());
      long at = ChronoUnit.DAYS.between(first, day);
      if (at >= 0 && at < DAYS) {
        answers[(int) at]++;
        right[(int) at] += review.passed() ? 1 : 0;
      }
    }
    List<DrillStats.Day> days = new ArrayList<>();
    for (int i = 0; i < DAYS; i++) {
      days.add(new DrillStats.Day(first.plusDays(i).toString(), answers[i], right[i]));
    }
    return days;
  }
}
