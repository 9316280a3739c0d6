package kmemsh.render;

import kmemsh.text.Style;
import kmemsh.text.Table;
import kmemsh.text.Text;
import kmemsh.view.CheckReport;
import kmemsh.view.Dashboard;
import kmemsh.view.Echo;
import kmemsh.view.HelpIndex;
import kmemsh.view.HelpPage;
import kmemsh.view.HistoryList;
import kmemsh.view.Loaded;
import kmemsh.view.MarkList;
import kmemsh.view.Moved;
import kmemsh.view.Plot;
import kmemsh.view.Refusal;
import kmemsh.view.Repeated;
import kmemsh.view.Saved;
import kmemsh.view.StateDiff;

/** The text of what the words of the language, the session and help answer. */
public final class LanguageText {
  private static final String INDENT = "  ";

  private LanguageText() {}

  /**
   * Appends a record of the language, each line with its newline.
   *
   * @param columns the width to fill, at least 40
   * @return false when the record is none of these; nothing is appended then
   */
  public static boolean render(Object record, Text out, int columns) {
    if (record instanceof Echo echo) {
      out.add(echo.text()).line();
    } else if (record instanceof Refusal refusal) {
      RefusalText.refused(refusal, out, columns);
    } else if (record instanceof Repeated repeated) {
      repeated(repeated, out, columns);
    } else if (record instanceof Moved moved) {
      moved(moved, out);
    } else if (record instanceof MarkList marks) {
      marks(marks, out);
    } else if (record instanceof StateDiff diff) {
      StateDiffText.render(diff, out, columns);
    } else if (record instanceof CheckReport report) {
      CheckText.render(report, out);
    } else if (record instanceof Plot plot) {
      PlotText.render(plot, out, columns);
    } else if (record instanceof Dashboard dash) {
      DashboardText.render(dash, out, columns);
    } else if (record instanceof HistoryList history) {
      history(history, out);
    } else if (record instanceof Saved saved) {
      out.add(saved.file()).add(": ").number(saved.lines()).add(" lines written").line();
    } else if (record instanceof Loaded loaded) {
      out.add(loaded.file()).add(": ").number(loaded.lines()).add(" lines run").line();
    } else if (record instanceof HelpIndex index) {
      index(index, out, columns);
    } else if (record instanceof HelpPage page) {
      HelpText.page(page, out, columns);
    } else {
      return false;
    }
    return true;
  }

  private static void repeated(Repeated repeated, Text out, int columns) {
    out.grouped(repeated.times()).add(" x ").add(repeated.command());
    if (repeated.nrNull() > 0) {
      out.add(", ").grouped(repeated.nrNull()).add(" of them NULL");
    }
    out.line();
    if (repeated.times() > 1 && repeated.first() != null) {
      out.add("  first  ");
      Renderers.render(repeated.first(), out, columns - 9);
      endLine(out);
      out.add("  last   ");
      Renderers.render(repeated.last(), out, columns - 9);
      endLine(out);
    }
  }

  private static void endLine(Text out) {
    if (out.chars().charAt(out.length() - 1) != '\n') {
      out.line();
    }
  }

  private static void moved(Moved moved, Text out) {
    out.add("at ").number(moved.now()).add(" of ").number(moved.size());
    out.add(moved.now() == moved.size() || moved.ran() ? "" : "; redo goes forward");
    if (moved.line().isEmpty()) {
      out.add(": as it was booted").line();
      return;
    }
    out.add(moved.ran() && moved.now() < moved.size() ? ", after: " : ": ");
    out.add(Style.CHANGED, moved.line()).line();
  }

  private static void marks(MarkList list, Text out) {
    if (list.marks().isEmpty()) {
      out.add("no moment has a name yet: mark NAME gives this one a name").line();
    }
    Table table = new Table("lrl");
    for (MarkList.Mark mark : list.marks()) {
      String line = mark.moment() == 0 ? "as it was booted" : "after: " + mark.line();
      table.row(mark.name(), "at " + mark.moment(), line).styleLast(0, Style.NAME);
    }
    table.render(out, "");
  }

  private static void history(HistoryList history, Text out) {
    if (history.entries().isEmpty()) {
      out.add("nothing was changed yet").line();
    }
    for (HistoryList.Entry entry : history.entries()) {
      boolean undone = entry.n() > history.now();
      out.number(entry.n(), 6).add(undone ? " - " : "   ");
      out.add(undone ? Style.HINT : Style.PLAIN, entry.line());
      out.add(undone ? "  (undone)" : "").line();
    }
  }

  private static void index(HelpIndex index, Text out, int columns) {
    boolean all = index.groups().size() > 1;
    for (HelpIndex.Group group : index.groups()) {
      out.add(Style.HEAD, group.title());
      out.add(group.name().isEmpty() ? "" : " (help " + group.name() + ")").line();
      Table table = new Table("ll");
      int room = 0;
      for (HelpIndex.Line line : group.commands()) {
        room = Math.max(room, line.name().length());
      }
      for (HelpIndex.Line line : group.commands()) {
        String summary = HelpText.cut(line.summary(), columns - room - 2 * INDENT.length());
        table.row(line.name(), summary).styleLast(0, Style.COMMAND);
      }
      table.render(out, INDENT);
    }
    if (all) {
      out.line();
      HelpText.paragraphs(
          "help COMMAND explains one of them with an example; apropos WORD finds one. Try first:"
              + " alloc_pages 3, then buddyinfo, then undo.",
          out,
          columns,
          "");
    }
  }
}
