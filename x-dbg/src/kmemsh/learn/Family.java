package kmemsh.learn;

/** A kind of question that can be asked without end: each seed makes another one. */
public abstract class Family {
  private final String name;
  private final String topic;
  private final String title;

  /**
   * @param topic under which {@code drill TOPIC} finds it
   * @param title what it asks, in a few words
   */
  Family(String name, String topic, String title) {
    this.name = name;
    this.topic = topic;
    this.title = title;
  }

  public final String name() {
    return name;
  }

  public final String topic() {
    return topic;
  }

  public final String title() {
    return title;
  }

  /**
   * Makes a question; {@code bench} is left on its machine, maybe with the answer looked up.
   *
   * @param level 1 to 3
   */
  public final Question ask(Bench bench, int level, long seed) {
    Draft draft = new Draft(this, bench, level, seed);
    make(draft);
    return draft.done();
  }

  abstract void make(Draft draft);

  /**
   * What a wrong answer would have meant, or empty.
   *
   * @param bench stands where the question was asked
   * @param given canonical
   */
  String meant(Bench bench, Question question, String given) {
    for (Question.Choice choice : question.choices()) {
      if (choice.word().equals(given)) {
        return choice.means();
      }
    }
    return "";
  }
}
