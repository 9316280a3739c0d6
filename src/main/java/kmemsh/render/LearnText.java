package kmemsh.render;

import kmemsh.text.Style;
import kmemsh.text.Text;
import kmemsh.view.Chapters;
import kmemsh.view.DrillHint;
import kmemsh.view.DrillQuestion;
import kmemsh.view.DrillStart;
import kmemsh.view.DrillStats;
import kmemsh.view.DrillSummary;
import kmemsh.view.DrillVerdict;
import kmemsh.view.Exported;
import kmemsh.view.LearnNote;
import kmemsh.view.LessonChecked;
import kmemsh.view.LessonPassed;
import kmemsh.view.LessonStep;
import kmemsh.view.Myth;
import kmemsh.view.Myths;

/** The text of drills and lessons. */
final class LearnText {
  private static final String INDENT = "  ";

  /** Where words end and what a machine answers begins. */
  private static final String TYPED = "kmemsh> ";

  private LearnText() {}

  /** Appends a record of learning; false when it is none, and then nothing was appended. */
  static boolean render(Object record, Text out, int columns) {
    if (record instanceof DrillQuestion question) {
      question(question, out, columns);
    } else if (record instanceof DrillVerdict verdict) {
      verdict(verdict, out, columns);
    } else if (record instanceof DrillHint hint) {
      HelpText.paragraphs("hint: " + hint.text(), out, columns, INDENT);
      out.add(INDENT).add("a right answer is now worth ").add(points(hint.points()));
      out.add(hint.left() > 0 ? "; another hint is left" : "").line();
    } else if (record instanceof LearnNote note) {
      note(note, out, columns);
    } else if (record instanceof DrillStart start) {
      start(start, out, columns);
    } else if (record instanceof DrillSummary summary) {
      summary(summary, out, columns);
    } else if (record instanceof LessonStep step) {
      step(step, out, columns);
    } else if (record instanceof LessonPassed passed) {
      begun(
          passed.skipped() ? Style.HINT : Style.FREE,
          passed.skipped() ? "skipped" : "done",
          ": " + passed.why(),
          out,
          columns);
    } else {
      return book(record, out, columns);
    }
    return true;
  }

  private static boolean book(Object record, Text out, int columns) {
    if (record instanceof LessonChecked checked) {
      checked(checked, out, columns);
    } else if (record instanceof Chapters chapters) {
      chapters(chapters, out);
    } else if (record instanceof Myths myths) {
      int n = 1;
      for (String claim : myths.claims()) {
        out.number(n++, 3).add("  ");
        Draw.words(claim, out, columns, 5);
        out.line();
      }
      HelpText.paragraphs("All of these are wrong: myths N says why.", out, columns, "");
    } else if (record instanceof Myth myth) {
      myth(myth, out, columns);
    } else if (record instanceof DrillStats stats) {
      StatsText.render(stats, out, columns);
    } else if (record instanceof Exported exported) {
      out.add(exported.text());
      if (!exported.file().isEmpty()) {
        out.add(exported.file()).add(": ").number(exported.rows()).add(" rows written").line();
      }
    } else {
      return false;
    }
    return true;
  }

  private static void step(LessonStep step, Text out, int columns) {
    out.line();
    out.add(Style.HEAD, step.title()).add(", step ").number(step.step()).add(" of ");
    out.number(step.of()).line();
    HelpText.paragraphs(step.goal(), out, columns, INDENT);
  }

  private static void checked(LessonChecked checked, Text out, int columns) {
    out.add(Style.HEAD, checked.title()).add(": ").number(checked.steps());
    out.add(checked.steps() == 1 ? " step" : " steps");
    if (checked.problems().isEmpty()) {
      out.add(", each fails unsolved and passes solved").line();
      return;
    }
    out.line();
    for (String problem : checked.problems()) {
      HelpText.paragraphs(problem, out, columns, INDENT);
    }
  }

  private static void chapters(Chapters chapters, Text out) {
    int n = 1;
    for (String title : chapters.titles()) {
      out.add(n == chapters.now() ? "* " : "  ").number(n, 2).add("  ").add(title).line();
      n++;
    }
    out.add(chapters.now() > 0 ? "* you are here; tour goes on" : "tour begins, tour N too").line();
  }

  private static void myth(Myth myth, Text out, int columns) {
    HelpText.paragraphs("Claim: " + myth.claim(), out, columns, "");
    HelpText.paragraphs("Truth: " + myth.truth(), out, columns, "");
    if (!myth.since().isEmpty()) {
      HelpText.paragraphs("Since: " + myth.since(), out, columns, "");
    }
    block(myth.explanation(), out, INDENT);
  }

  private static void start(DrillStart start, Text out, int columns) {
    String topic = start.topic().isEmpty() ? "" : " on " + start.topic();
    String kept = start.kept() ? "; your answers are remembered" : "";
    HelpText.paragraphs(
        (start.questions() == 1 ? "1 question" : start.questions() + " questions")
            + topic
            + ", seed "
            + start.seed()
            + kept
            + ". Also: hint, skip, again, why, help, quit.",
        out,
        columns,
        "");
  }

  private static void question(DrillQuestion question, Text out, int columns) {
    out.line();
    out.add(Style.HEAD, "Question " + question.n() + " of " + question.of());
    out.add("  ").add(question.topic()).add(", ").add(question.family());
    out.add(", level ").number(question.level()).line();
    if (!question.machine().isEmpty()) {
      out.add(INDENT).add(Style.COMMAND, "reboot " + question.machine()).line();
    }
    for (String line : question.setup()) {
      out.add(INDENT).add(Style.COMMAND, line).line();
    }
    block(question.picture(), out, "");
    HelpText.paragraphs(question.prompt(), out, columns, "");
    char letter = 'a';
    for (DrillQuestion.Choice choice : question.choices()) {
      out.add(INDENT).add(letter++).add(") ").add(Style.NAME, choice.word());
      if (!choice.text().equals(choice.word())) {
        out.add("  ");
        Draw.words(choice.text(), out, columns, INDENT.length() + 3);
      }
      out.line();
    }
    out.add(Style.HINT, "(" + question.form() + ")").line();
  }

  private static void verdict(DrillVerdict verdict, Text out, int columns) {
    boolean right = verdict.verdict().equals(DrillVerdict.RIGHT);
    boolean wrong = verdict.verdict().equals(DrillVerdict.WRONG);
    String took = verdict.seconds() < 0 ? "" : ", " + verdict.seconds() + " s";
    if (right) {
      String points = ", " + points(verdict.points()) + took + ": ";
      begun(Style.FREE, "right", points + verdict.answer(), out, columns);
    } else {
      boolean open = verdict.verdict().equals(DrillVerdict.SHOWN);
      if (!open) {
        String said = wrong ? ": you said " + verdict.given() : "";
        begun(wrong ? Style.WRONG : Style.HINT, verdict.verdict(), took + said, out, columns);
      }
      // Only model answers are whole sentences.
      boolean model = open || verdict.answer().endsWith(".");
      said(model ? "a model answer: " : "the answer is ", verdict.answer(), out, columns);
      said("your answer would mean: ", verdict.meant(), out, columns);
    }
    if (!verdict.why().isEmpty()) {
      HelpText.paragraphs(verdict.why(), out, columns, INDENT);
    }
    block(verdict.explanation(), out, INDENT);
  }

  /** A word in a style and what follows it, wrapped. */
  private static void begun(Style style, String word, String rest, Text out, int columns) {
    Text whole = new Text();
    HelpText.paragraphs(word + rest, whole, columns, "");
    out.add(style, word).add(whole.chars(), word.length(), whole.length());
  }

  private static void said(String what, String text, Text out, int columns) {
    if (!text.isEmpty()) {
      HelpText.paragraphs(what + text, out, columns, INDENT);
    }
  }

  private static String points(int points) {
    return points == 1 ? "1 point" : points + " points";
  }

  /** Lines as they are, each behind {@code indent}. */
  private static void block(String lines, Text out, String indent) {
    int start = 0;
    while (start < lines.length()) {
      int newline = lines.indexOf('\n', start);
      int end = newline < 0 ? lines.length() : newline;
      out.add(end > start ? indent : "").add(lines, start, end).line();
      start = end + 1;
    }
  }

  private static void note(LearnNote note, Text out, int columns) {
    if (!note.heading().isEmpty()) {
      HelpText.paragraphs(note.heading(), out, columns, "");
    }
    int lines = note.heading().isEmpty() ? -1 : note.text().indexOf(TYPED);
    String words = lines < 0 ? note.text() : note.text().substring(0, lines);
    if (!words.isEmpty()) {
      HelpText.paragraphs(words, out, columns, note.heading().isEmpty() ? "" : INDENT);
    }
    block(note.text().substring(words.length()), out, INDENT);
  }

  private static void summary(DrillSummary summary, Text out, int columns) {
    out.line();
    out.add(Style.HEAD, summary.points() + " of " + summary.of() + " points").add(": ");
    out.number(summary.right()).add(" right, ").number(summary.wrong()).add(" wrong, ");
    out.number(summary.skipped()).add(" without an answer");
    if (summary.seconds() >= 0) {
      out.add("; ").number(summary.seconds()).add(" s in all");
    }
    out.line();
    for (DrillSummary.Topic topic : summary.topics()) {
      out.add(INDENT).left(topic.topic(), 12).number(topic.right(), 3).add(" of ");
      out.number(topic.asked(), 3).line();
    }
    if (!summary.weak().isEmpty()) {
      HelpText.paragraphs(
          "Worth repeating: drill " + String.join(", drill ", summary.weak()), out, columns, "");
    }
  }
}
