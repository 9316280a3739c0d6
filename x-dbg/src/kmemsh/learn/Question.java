package kmemsh.learn;

import java.util.List;

/**
 * One question with its computed answer.
 *
 * @param family who asks, see {@link Family#name}
 * @param level 1 to 3
 * @param seed from which the same question is made again
 * @param machine what the machine is booted with
 * @param setup the lines that were typed before; the learner may type them too
 * @param picture what the machine shows then, or empty
 * @param choices of a {@link AnswerKind#CHOICE}, else empty
 * @param answer canonical, see {@link Answers}
 * @param shownAnswer the answer as people write it
 * @param hints from vague to nearly said
 * @param shows the lines that show the answer on the machine of the question
 * @param why what they cannot show, or empty
 */
public record Question(
    String family,
    String topic,
    int level,
    long seed,
    String machine,
    List<String> setup,
    String picture,
    String prompt,
    AnswerKind kind,
    List<Choice> choices,
    String answer,
    String shownAnswer,
    List<String> hints,
    List<String> shows,
    String why) {

  /**
   * One of several possible answers.
   *
   * @param word what can be typed for it
   * @param text what it says
   * @param means what would be so if it were right, for whoever chose it wrongly
   */
  public record Choice(String word, String text, String means) {}
}
