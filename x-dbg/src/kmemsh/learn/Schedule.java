package kmemsh.learn;

import java.time.Duration;
import java.time.Instant;

/**
 * When something is to be asked again: SuperMemo's algorithm 2. What is known comes after 1 day,
 * then 6, then each time later by the factor {@code ease}; what is not known comes again in ten
 * minutes and then like something new.
 *
 * @param ease 1.3 hard .. 2.5 new and easier
 * @param repetitions answers known in a row
 * @param intervalDays up to the next time
 * @param due when it is to be asked again
 * @param lapses how often it was known before and then not
 */
record Schedule(double ease, int repetitions, double intervalDays, Instant due, int lapses) {
  private static final double FIRST_EASE = 2.5;
  private static final double LEAST_EASE = 1.3;
  private static final double SECOND_INTERVAL = 6;
  private static final double LONGEST_DAYS = 3650;
  private static final Duration SOON = Duration.ofMinutes(10);
  private static final long DAY_SECONDS = 86400;

  /** Of something that was never asked: due at once. */
  static final Schedule NEW = new Schedule(FIRST_EASE, 0, 0, Instant.EPOCH, 0);

  /** The schedule after an answer. */
  Schedule after(Review review) {
    int missed = Review.BEST - review.grade();
    double next = Math.max(LEAST_EASE, ease + 0.1 - missed * (0.08 + missed * 0.02));
    if (!review.passed()) {
      int lapsed = repetitions > 0 ? lapses + 1 : lapses;
      return new Schedule(next, 0, 0, review.at().plus(SOON), lapsed);
    }
    double days =
        switch (repetitions) {
          case 0 -> 1;
          case 1 -> SECOND_INTERVAL;
          default -> Math.min(LONGEST_DAYS, intervalDays * next);
        };
    Instant then = review.at().plusSeconds((long) (days * DAY_SECONDS));
    return new Schedule(next, repetitions + 1, days, then, lapses);
  }
}
