package kmemsh.render;

import java.util.List;
import kmemsh.text.Style;
import kmemsh.text.Table;
import kmemsh.text.Text;
import kmemsh.view.DrillStats;

/** What a learner has done: a table, a calendar and a curve. */
final class StatsText {
  private static final String[] WEEKDAYS = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
  private static final int WEEK = 7;
  private static final int STEP = 20;
  private static final int FEW = 5;
  private static final int MANY = 15;

  private StatsText() {}

  static void render(DrillStats stats, Text out, int columns) {
    if (stats.answers() == 0) {
      out.add("no answers yet: begin with drill").line();
      return;
    }
    out.grouped(stats.answers())
        .add(stats.answers() == 1 ? " answer, " : " answers, ")
        .number(percent(stats.right(), stats.answers()));
    out.add("% right; ").number(stats.due()).add(" to be repeated now (drill due)");
    out.line();
    if (!stats.nextDue().isEmpty()) {
      out.add("the next repetition: ").add(stats.nextDue().replace('T', ' ')).line();
    }
    Table table = new Table("lrrrr");
    table.row(Style.HEAD, "topic", "begun", "answers", "right", "due");
    for (DrillStats.Topic topic : stats.topics()) {
      table.row(
          topic.topic(),
          topic.items() + " of " + topic.of(),
          Integer.toString(topic.answers()),
          topic.answers() == 0 ? "-" : percent(topic.right(), topic.answers()) + "%",
          Integer.toString(topic.due()));
    }
    table.render(out, "");
    calendar(stats, out);
    curve(stats.days(), out);
    HelpText.paragraphs("drill export FILE.csv writes every answer.", out, columns, "");
  }

  private static long percent(long part, long all) {
    return 100 * part / all;
  }

  private static void calendar(DrillStats stats, Text out) {
    out.line().add(Style.HEAD, "Answers a day");
    out.add("  . none  - up to 4  + up to 14  # more").line();
    int weeks = (stats.days().size() + stats.firstWeekday() + WEEK - 1) / WEEK;
    for (int weekday = 0; weekday < WEEK; weekday++) {
      out.add("  ").add(WEEKDAYS[weekday]);
      for (int week = 0; week < weeks; week++) {
        int day = week * WEEK + weekday - stats.firstWeekday();
        boolean known = day >= 0 && day < stats.days().size();
        out.add(' ').add(known ? mark(stats.days().get(day).answers()) : ' ');
      }
      trim(out);
      out.line();
    }
  }

  private static void trim(Text out) {
    StringBuilder chars = out.chars();
    while (chars.charAt(chars.length() - 1) == ' ') {
      chars.setLength(chars.length() - 1);
    }
  }

  private static char mark(int answers) {
    if (answers == 0) {
      return '.';
    }
    return answers < FEW ? '-' : answers < MANY ? '+' : '#';
  }

  /** The part of right answers, week by week. */
  private static void curve(List<DrillStats.Day> days, Text out) {
    out.line().add(Style.HEAD, "Right answers by week").line();
    int weeks = days.size() / WEEK;
    for (int level = 100; level >= 0; level -= STEP) {
      out.number(level, 5).add("% |");
      for (int week = 0; week < weeks; week++) {
        int percent = percentOfWeek(days, week);
        boolean here = percent >= 0 && percent >= level && percent < level + STEP;
        out.add(here ? "  *" : "   ");
      }
      trim(out);
      out.line();
    }
    out.add("       +").repeat('-', 3 * weeks).line();
    out.add("        ").add(days.get(0).date());
    out.blanks(3 * weeks - 2 * days.get(0).date().length());
    out.add(days.get(days.size() - 1).date()).line();
  }

  private static int percentOfWeek(List<DrillStats.Day> days, int week) {
    int answers = 0;
    int right = 0;
    for (DrillStats.Day day : days.subList(WEEK * week, WEEK * (week + 1))) {
      answers += day.answers();
      right += day.right();
    }
    return answers == 0 ? -1 : 100 * right / answers;
  }
}
