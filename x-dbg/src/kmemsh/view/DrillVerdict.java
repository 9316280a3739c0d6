package kmemsh.view;

/**
 * What became of a question.
 *
 * @param n its number
 * @param given as typed, empty when it was passed over
 * @param verdict {@link #RIGHT}, {@link #WRONG}, {@link #SKIPPED} or {@link #SHOWN}
 * @param points it brought
 * @param answer the right one; empty when the given one says it already
 * @param meant what a wrong answer would have meant, or empty
 * @param explanation the machine's own: lines and what they answer, or empty
 * @param why what the machine cannot show, or empty
 * @param seconds it took, -1 when nobody looked at a clock
 */
public record DrillVerdict(
    int n,
    String given,
    String verdict,
    int points,
    int of,
    String answer,
    String meant,
    String explanation,
    String why,
    long seconds) {
  public static final String RIGHT = "right";
  public static final String WRONG = "wrong";
  public static final String SKIPPED = "skipped";

  /** The model answer of an open question; the learner says whether it was known. */
  public static final String SHOWN = "shown";
}
