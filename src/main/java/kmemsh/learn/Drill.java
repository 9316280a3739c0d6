package kmemsh.learn;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import kmemsh.view.DrillHint;
import kmemsh.view.DrillQuestion;
import kmemsh.view.DrillStart;
import kmemsh.view.DrillSummary;
import kmemsh.view.DrillVerdict;
import kmemsh.view.LearnNote;

/**
 * A drill as a machine of states: a line goes in, records come out.
 *
 * <pre>
 *   begin -&gt; ASKED --answer--&gt; next ASKED ... -&gt; OVER
 *            ASKED --answer to an open question--&gt; SHOWN --y or n--&gt; next ASKED
 * </pre>
 */
public final class Drill {
  /** What a right answer without hints is worth. */
  static final int POINTS = 3;

  private static final String HELP =
      "Type the answer. hint: a hint, which costs a point. skip: go on without an answer. again:"
          + " show the question again. why: explain the question before. quit: leave.";

  private static final int FIRST_LINES = 20;
  private static final int LAST_LINES = 6;
  private static final int SECONDS = 60;
  private static final int KNOWN = 5;
  private static final int KNOWN_WITH_HINT = 3;
  private static final int GUESSED = 1;

  private final Bench bench;
  private final List<Item> plan;
  private final Options options;
  private final Recorder recorder;
  private final Clock clock;

  private int at = -1;
  private Question question;
  private Question before;
  private boolean shown;
  private boolean over;
  private int hints;
  private long askedAt;
  private long begunAt;

  private int right;
  private int wrong;
  private int asked;
  private int points;
  private long seconds;
  private final Map<String, int[]> topics = new TreeMap<>();
  private final TreeSet<String> weak = new TreeSet<>();

  /** What is to be asked. */
  public record Item(Family family, int level, long seed) {}

  /**
   * How a drill goes.
   *
   * @param topic what was asked for, or empty
   * @param seed of the whole drill
   * @param timed whether answers are timed
   * @param typed whether a person types: then what cannot be read as an answer may be typed again,
   *     otherwise each line is one answer
   * @param kept whether the answers are remembered
   * @param minutes after which no more is asked, 0 for no such limit
   */
  public record Options(
      String topic, long seed, boolean timed, boolean typed, boolean kept, int minutes) {}

  /** A drill of {@code plan}, which is not empty. */
  public Drill(Bench bench, List<Item> plan, Options options, Recorder recorder, Clock clock) {
    this.bench = bench;
    this.plan = plan;
    this.options = options;
    this.recorder = recorder;
    this.clock = clock;
  }

  /** The start and the first question. */
  public List<Object> begin() {
    List<Object> out = new ArrayList<>();
    out.add(new DrillStart(options.seed(), plan.size(), options.topic(), options.kept()));
    if (!recorder.trouble().isEmpty()) {
      out.add(new LearnNote("", recorder.trouble()));
    }
    begunAt = options.minutes() > 0 ? clock.instant().getEpochSecond() : 0;
    next(out);
    return out;
  }

  /** Whether everything was asked or the learner left. */
  public boolean over() {
    return over;
  }

  /** 0, or 1 when an answer was wrong or is missing. */
  public int exitStatus() {
    return right == asked ? 0 : 1;
  }

  /** Takes a line. */
  public List<Object> line(String line) {
    String text = withoutComment(line).trim();
    List<Object> out = new ArrayList<>();
    if (over || line.startsWith("#")) {
      return out;
    }
    if (text.isEmpty() && options.typed() && question.kind() != AnswerKind.OPEN) {
      out.add(new LearnNote("", HELP));
    } else if (!command(text.toLowerCase(Locale.ROOT), out)) {
      answer(text, out);
    }
    return out;
  }

  /** The input ended: what was not asked counts as skipped. */
  public List<Object> end() {
    List<Object> out = new ArrayList<>();
    if (!over) {
      finish(out);
    }
    return out;
  }

  private static String withoutComment(String line) {
    int comment = line.indexOf(" #");
    return comment < 0 ? line : line.substring(0, comment);
  }

  private boolean command(String text, List<Object> out) {
    switch (text) {
      case "hint" -> hint(out);
      case "skip", "pass", "-", "?" -> skip(out);
      case "again" -> out.add(asked());
      case "help" -> out.add(new LearnNote("", HELP));
      case "why" -> why(out);
      case "quit", "q", "exit" -> finish(out);
      default -> {
        return false;
      }
    }
    return true;
  }

  private void hint(List<Object> out) {
    if (hints == question.hints().size()) {
      out.add(new LearnNote("", hints > 0 ? "There are no more hints." : "There is no hint here."));
      return;
    }
    String text = question.hints().get(hints++);
    out.add(new DrillHint(text, question.hints().size() - hints, worth()));
  }

  private int worth() {
    return Math.max(1, POINTS - hints);
  }

  private void why(List<Object> out) {
    if (before == null) {
      out.add(new LearnNote("", "Nothing was answered yet; hint helps with this question."));
      return;
    }
    String why = before.why().isEmpty() ? "" : before.why() + "\n";
    out.add(new LearnNote(before.prompt(), why + explanation(before)));
  }

  private void skip(List<Object> out) {
    if (!shown) {
      verdict(out, "", DrillVerdict.SKIPPED, "");
    }
    recorder.answered(question.family(), 0);
    weak.add(question.family());
    next(out);
  }

  private void answer(String text, List<Object> out) {
    if (question.kind() == AnswerKind.OPEN) {
      open(text, out);
      return;
    }
    if (text.isEmpty()) {
      skip(out);
      return;
    }
    String given = Answers.read(question.kind(), question.choices(), text);
    if (given == null && options.typed()) {
      out.add(new LearnNote("", text + " is no answer here: " + question.kind().form()));
      return;
    }
    boolean good = given != null && Answers.same(question, given, text);
    grade(good);
    if (good) {
      verdict(out, text, DrillVerdict.RIGHT, "");
    } else {
      verdict(out, text, DrillVerdict.WRONG, given == null ? "" : meant(given));
    }
    next(out);
  }

  private String meant(String given) {
    stand();
    return question.kind() == AnswerKind.OPEN || over
        ? ""
        : plan.get(at).family().meant(bench, question, given);
  }

  /** An open question: first the model answer is shown, then the learner compares. */
  private void open(String text, List<Object> out) {
    if (!shown) {
      shown = true;
      verdict(out, text, DrillVerdict.SHOWN, "");
      out.add(new LearnNote("", "Was that your answer? y or n"));
      return;
    }
    String yes = text.toLowerCase(Locale.ROOT);
    if (!yes.startsWith("y") && !yes.startsWith("n")) {
      out.add(new LearnNote("", "y when your answer says the same, n when it does not"));
      return;
    }
    grade(yes.startsWith("y"));
    next(out);
  }

  private void grade(boolean good) {
    int[] topic = topics.computeIfAbsent(question.topic(), name -> new int[2]);
    topic[0]++;
    if (good) {
      right++;
      topic[1]++;
      points += worth();
    } else {
      wrong++;
      weak.add(question.family());
    }
    int known = hints == 0 ? KNOWN : KNOWN_WITH_HINT;
    recorder.answered(question.family(), good ? known : GUESSED);
  }

  private void verdict(List<Object> out, String given, String verdict, String meant) {
    boolean good = verdict.equals(DrillVerdict.RIGHT);
    long took = -1;
    if (options.timed()) {
      took = clock.instant().getEpochSecond() - askedAt;
      seconds += took;
    }
    out.add(
        new DrillVerdict(
            at + 1,
            given,
            verdict,
            good ? worth() : 0,
            POINTS,
            question.shownAnswer(),
            meant,
            good ? "" : explanation(question),
            good ? "" : question.why(),
            took));
  }

  /** Puts the bench where the question stands. */
  private void stand() {
    stand(bench, question);
  }

  static void stand(Bench bench, Question question) {
    bench.boot(question.machine());
    for (String line : question.setup()) {
      bench.run(line);
    }
  }

  private String explanation(Question asked) {
    if (asked.shows().isEmpty()) {
      return "";
    }
    stand(bench, asked);
    StringBuilder text = new StringBuilder();
    for (String line : asked.shows()) {
      text.append("kmemsh> ").append(line).append('\n').append(clipped(bench.shown(line)));
    }
    return text.toString();
  }

  /** Long answers without their middle. */
  static String clipped(String shown) {
    List<String> lines = shown.lines().toList();
    int left = lines.size() - FIRST_LINES - LAST_LINES;
    if (left < LAST_LINES) {
      return shown;
    }
    return String.join("\n", lines.subList(0, FIRST_LINES))
        + "\n... "
        + left
        + " more lines\n"
        + String.join("\n", lines.subList(FIRST_LINES + left, lines.size()))
        + "\n";
  }

  private void next(List<Object> out) {
    before = question;
    hints = 0;
    shown = false;
    if (++at == plan.size()) {
      finish(out);
      return;
    }
    if (options.minutes() > 0 && !timeLeft(out)) {
      finish(out);
      return;
    }
    Item item = plan.get(at);
    question = item.family().ask(bench, item.level(), item.seed());
    askedAt = options.timed() ? clock.instant().getEpochSecond() : 0;
    out.add(asked());
  }

  /** Says how many minutes are left; false when none are. */
  private boolean timeLeft(List<Object> out) {
    long passed = (clock.instant().getEpochSecond() - begunAt) / SECONDS;
    long left = options.minutes() - passed;
    out.add(
        new LearnNote(
            "",
            left > 0 ? left + " of " + options.minutes() + " minutes left" : "The time is up."));
    return left > 0;
  }

  private DrillQuestion asked() {
    List<DrillQuestion.Choice> choices = new ArrayList<>();
    for (Question.Choice choice : question.choices()) {
      choices.add(new DrillQuestion.Choice(choice.word(), choice.text()));
    }
    return new DrillQuestion(
        at + 1,
        plan.size(),
        question.family(),
        question.topic(),
        question.level(),
        worth(),
        question.seed(),
        question.machine(),
        question.setup(),
        question.picture(),
        question.prompt(),
        choices,
        question.kind().form());
  }

  private void finish(List<Object> out) {
    over = true;
    // With a limit of time, what could not be asked is nobody's fault.
    asked = options.minutes() > 0 ? Math.min(at, plan.size()) : plan.size();
    List<DrillSummary.Topic> byTopic = new ArrayList<>();
    topics.forEach((name, n) -> byTopic.add(new DrillSummary.Topic(name, n[0], n[1])));
    out.add(
        new DrillSummary(
            asked,
            right,
            wrong,
            asked - right - wrong,
            points,
            asked * POINTS,
            options.timed() ? seconds : -1,
            byTopic,
            List.copyOf(weak)));
  }
}
