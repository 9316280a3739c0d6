package kmemsh.command;

import java.util.ArrayList;
import java.util.List;
import kmemsh.machine.MachineQueries;
import kmemsh.render.HtmlReport;
import kmemsh.render.Renderers;
import kmemsh.render.SvgFiles;
import kmemsh.render.SvgMaps;
import kmemsh.session.Session;
import kmemsh.session.SessionFile;
import kmemsh.text.Text;
import kmemsh.view.Plot;
import kmemsh.view.Saved;

/** {@code report FILE}: the session as one page of HTML. */
final class ReportCommand extends LookCommand {
  private static final List<String> METRICS =
      List.of("free", "largest", "frag", "slabs", "objects");

  ReportCommand() {
    super(
        new Usage(
                "report",
                CommandTable.WATCHING,
                "Write the session as one page of HTML, with charts")
            .required("FILE", ArgKind.FILE, "what to write; a name that ends in .html"));
  }

  @Override
  public Reply run(Arguments arguments) {
    Session session = arguments.session();
    SessionAgain again = new SessionAgain(session);
    Plot plot = new Metrics(arguments).plot(METRICS);
    String page = Pictures.draw(() -> page(arguments, again, plot));
    String file = arguments.word(0);
    return Reply.of(new Saved(file, SessionFile.write(page, file, "report")));
  }

  private static String page(Arguments arguments, SessionAgain again, Plot plot) {
    Session session = arguments.session();
    MachineQueries queries = machine(arguments);
    HtmlReport report = new HtmlReport("A kmemsh session");
    report.paragraph("Memory of Linux 6.1 on " + session.machine().profile().options());
    report.section("What was typed, and the answers");
    List<String> lines = new ArrayList<>();
    List<String> answers = new ArrayList<>();
    for (SessionAgain.Told told : again.told()) {
      lines.add(told.line());
      answers.add(told.answer());
    }
    report.session(lines, answers);
    report.section("Over " + session.now() + " operations");
    report.picture(SvgFiles.plot(plot), "free pages, largest block, fragmentation, slabs, objects");
    report.section("Memory at the end");
    report.picture(SvgMaps.memMap(queries.memMap("")), "map of memory");
    report.section("Free lists at the end");
    report.picture(SvgMaps.buddyInfo(queries.pages().buddyInfo("")), "free blocks by order");
    report.section("What changed since boot");
    report.screen(text(new StateDiffs(session).since(session.lastReboot(), "")));
    return report.end();
  }

  private static String text(Object record) {
    Text text = new Text();
    Renderers.render(record, text, TranscriptRun.COLUMNS);
    return text.plain();
  }
}
