package kmemsh.command;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import kmemsh.learn.Lesson;
import kmemsh.learn.LessonRun;
import kmemsh.view.LearnNote;

/** A lesson at work: commands run on its machine, then it looks how far the learner is. */
class LessonDialogue extends Dialogue {
  private final String name;
  private final PracticeBench bench;
  private final Queue<Object> waiting = new ArrayDeque<>();
  private LessonRun run;
  private boolean commanded;
  private boolean left;

  LessonDialogue(String name, PracticeBench bench) {
    this.name = name;
    this.bench = bench;
  }

  /** Begins a lesson. */
  final void take(Lesson lesson) {
    run = new LessonRun(bench, lesson);
    waiting.add(run.step());
  }

  /** A lesson of a file. */
  static LessonDialogue of(Lesson lesson, PracticeBench bench) {
    LessonDialogue dialogue = new LessonDialogue("lesson", bench);
    dialogue.say(new LearnNote("", LessonRun.WORDS));
    dialogue.take(lesson);
    return dialogue;
  }

  final void say(Object record) {
    waiting.add(record);
  }

  /** Forgets what was to be said. */
  final void hush() {
    waiting.clear();
  }

  @Override
  final String name() {
    return name;
  }

  @Override
  final Completions completions() {
    return new Completions(bench.lab(), bench.table());
  }

  /** The last step was taken: a tour goes on, a lesson ends. */
  void finished() {
    left = true;
    waiting.add(new LearnNote("", ending()));
  }

  /** Said behind the last step. */
  String ending() {
    return "That was the whole lesson.";
  }

  /** Said when the learner leaves before the end. */
  String farewell() {
    return "";
  }

  /** A lesson that was left unsolved is one that was not passed. */
  int exitStatus(boolean solved) {
    return solved ? 0 : 1;
  }

  /** Remembers a line that was taken. */
  void took(String line) {
    // A lesson of a file keeps no progress.
  }

  @Override
  final void line(String line) {
    waiting.clear();
    String word = line.trim().toLowerCase(Locale.ROOT);
    if (word.equals("quit") || word.equals("q") || word.equals("exit")) {
      end();
    } else {
      took(line);
      put(line);
    }
  }

  /** Takes a line without remembering it. */
  final void put(String line) {
    List<Object> answers = run.word(line);
    commanded = answers == null;
    if (commanded) {
      bench.interpreter().begin(line);
    } else {
      waiting.addAll(answers);
      goOn();
    }
  }

  private void goOn() {
    if (run.over() && !left) {
      finished();
    }
  }

  @Override
  final Reply next() {
    if (commanded) {
      Reply reply = bench.interpreter().next();
      if (reply != null) {
        return reply;
      }
      commanded = !bench.interpreter().dialogue().isEmpty();
      waiting.addAll(run.check());
      goOn();
    }
    Object record = waiting.poll();
    return record == null ? null : Reply.of(record).exitStatus(over() ? exitStatus(run.over()) : 0);
  }

  @Override
  final boolean over() {
    return left && waiting.isEmpty() && !commanded;
  }

  @Override
  final void end() {
    waiting.clear();
    commanded = false;
    left = true;
    waiting.add(new LearnNote("", farewell().isEmpty() ? "Left the lesson." : farewell()));
  }
}
