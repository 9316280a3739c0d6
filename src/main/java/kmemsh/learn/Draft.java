package kmemsh.learn;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import kmemsh.view.Refusal;

/** A question in the making, on a machine of its own. */
final class Draft {
  private final Family family;
  private final Bench bench;
  private final Random random;
  private final int level;
  private final long seed;

  private String machine = "";
  private final List<String> setup = new ArrayList<>();
  private String picture = "";
  private String prompt = "";
  private AnswerKind kind = AnswerKind.NUMBER;
  private final List<Question.Choice> choices = new ArrayList<>();
  private String answer = "";
  private String shownAnswer = "";
  private final List<String> hints = new ArrayList<>();
  private final List<String> shows = new ArrayList<>();
  private String why = "";

  Draft(Family family, Bench bench, int level, long seed) {
    this.family = family;
    this.bench = bench;
    this.level = level;
    this.seed = seed;
    this.random = new Random(mixed(seed));
  }

  /** Neighbouring seeds must not give neighbouring numbers. */
  private static long mixed(long seed) {
    long z = seed * 0x9e3779b97f4a7c15L + 0x632be59bd9b4e019L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    return z ^ (z >>> 27);
  }

  Bench bench() {
    return bench;
  }

  int level() {
    return level;
  }

  /** A number {@code least}..{@code most}. */
  int pick(int least, int most) {
    return least + random.nextInt(most - least + 1);
  }

  /** One of several. */
  @SafeVarargs
  final <T> T pickOf(T... all) {
    return all[random.nextInt(all.length)];
  }

  boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  /** Numbers 0..n-1 in a random order. */
  int[] shuffled(int n) {
    int[] all = new int[n];
    for (int i = 0; i < n; i++) {
      int j = random.nextInt(i + 1);
      all[i] = all[j];
      all[j] = i;
    }
    return all;
  }

  /** The machine of the question. */
  void boot(String options) {
    machine = options;
    setup.clear();
    bench.boot(options);
  }

  /** The machine of a question that needs none to be made. */
  void machine(String options) {
    machine = options;
  }

  /** Types a line that the question begins with. */
  Object setup(String line) {
    setup.add(line);
    Object record = bench.run(line);
    if (bench.failed()) {
      throw new IllegalStateException(family.name() + " " + seed + ": " + line + ": " + record);
    }
    return record;
  }

  /** Puts the machine back to where the question is asked. */
  void again() {
    bench.boot(machine);
    for (String line : setup) {
      bench.run(line);
    }
  }

  /** Types a line to compute the answer. */
  Object look(String line) {
    Object record = bench.run(line);
    if (record instanceof Refusal refusal) {
      throw new IllegalStateException(family.name() + " " + seed + ": " + line + ": " + refusal);
    }
    return record;
  }

  void picture(String line) {
    picture = picture + bench.shown(line);
  }

  /** The first {@code lines} lines of what a command shows. */
  void picture(String line, int lines) {
    picture = picture + bench.shown(line, lines);
  }

  void pictureText(String text) {
    picture = text;
  }

  void prompt(String text) {
    prompt = text;
  }

  void number(long value) {
    kind = AnswerKind.NUMBER;
    answer = Long.toString(value);
    shownAnswer = answer;
  }

  void hex(long value) {
    kind = AnswerKind.HEX;
    answer = Long.toString(value);
    shownAnswer = "0x" + Long.toHexString(value);
  }

  void numbers(List<Long> values) {
    kind = AnswerKind.NUMBERS;
    List<String> texts = new ArrayList<>();
    for (long value : values) {
      texts.add(Long.toString(value));
    }
    answer = String.join(" ", texts);
    shownAnswer = texts.isEmpty() ? "none" : String.join(" ", texts);
  }

  /** Several frames or addresses. */
  void hexes(List<Long> values) {
    numbers(values);
    List<String> texts = new ArrayList<>();
    for (long value : values) {
      texts.add("0x" + Long.toHexString(value));
    }
    shownAnswer = texts.isEmpty() ? "none" : String.join(" ", texts);
  }

  void word(String value) {
    kind = AnswerKind.WORD;
    answer = value;
    shownAnswer = value;
  }

  /** The model answer of an open question. */
  void open(String modelAnswer) {
    kind = AnswerKind.OPEN;
    answer = modelAnswer;
    shownAnswer = modelAnswer;
  }

  /** One of the choices that were added or will be. */
  void choice(String word) {
    kind = AnswerKind.CHOICE;
    answer = word;
  }

  void mayBe(String word, String text, String means) {
    choices.add(new Question.Choice(word, text, means));
  }

  void hint(String text) {
    hints.add(text);
  }

  /** A line that shows the answer afterwards. */
  void show(String line) {
    shows.add(line);
  }

  void why(String text) {
    why = text;
  }

  Question done() {
    for (Question.Choice choice : choices) {
      if (kind == AnswerKind.CHOICE && choice.word().equals(answer)) {
        boolean same = choice.text().equals(choice.word());
        shownAnswer = same ? choice.word() : choice.word() + ": " + choice.text();
      }
    }
    return new Question(
        family.name(),
        family.topic(),
        level,
        seed,
        machine,
        List.copyOf(setup),
        picture,
        prompt,
        kind,
        List.copyOf(choices),
        answer,
        shownAnswer,
        List.copyOf(hints),
        List.copyOf(shows),
        why);
  }
}
