package kmemsh.learn;

import java.time.Instant;

/**
 * One answer that was given.
 *
 * @param item what was asked, see {@link Family#name}
 * @param grade 0 not known .. 5 known at once
 */
public record Review(Instant at, String item, int grade) {
  /** From here on an answer counts as known. */
  public static final int PASSED = 3;

  /** The worst and the best grade. */
  public static final int WORST = 0;

  public static final int BEST = 5;

  public boolean passed() {
    return grade >= PASSED;
  }
}
