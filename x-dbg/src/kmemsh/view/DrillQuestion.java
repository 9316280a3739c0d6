package kmemsh.view;

import java.util.List;

/**
 * A question of a drill.
 *
 * @param n its number, from 1 on
 * @param of how many there are
 * @param family who made it
 * @param points what a right answer without hints is worth
 * @param seed from which its family makes it again
 * @param machine what its machine was booted with, as {@code reboot} takes it
 * @param setup the lines typed on it before the question
 * @param picture what is seen then, or empty
 * @param choices empty when the answer is free
 * @param form how the answer is written
 */
public record DrillQuestion(
    int n,
    int of,
    String family,
    String topic,
    int level,
    int points,
    long seed,
    String machine,
    List<String> setup,
    String picture,
    String prompt,
    List<Choice> choices,
    String form) {

  /** One of the possible answers: a word to type and what it says. */
  public record Choice(String word, String text) {}
}
