package kmemsh.command;

import java.util.ArrayList;
import java.util.List;
import kmemsh.render.SvgFiles;
import kmemsh.session.SessionFile;
import kmemsh.view.Plot;
import kmemsh.view.Saved;

/** {@code plot METRIC...}: numbers over the history, as a chart in text or in an SVG file. */
final class PlotCommand extends LookCommand {
  PlotCommand() {
    super(
        new Usage("plot", CommandTable.WATCHING, "Draw numbers over the history")
            .option("-s --svg", "FILE", ArgKind.FILE, "", "draw into an SVG file")
            .rest(
                "METRIC", ArgKind.METRIC, false, "free largest frag slabs objects, or any number"));
  }

  @Override
  public Reply run(Arguments arguments) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < arguments.nrRest(); i++) {
      names.add(arguments.rest(i));
    }
    if (names.isEmpty()) {
      names.add("free");
    }
    Plot plot = new Metrics(arguments).plot(names);
    String file = arguments.option("--svg");
    if (file.isEmpty()) {
      return Reply.of(plot);
    }
    String svg = Pictures.draw(() -> SvgFiles.plot(plot));
    return Reply.of(new Saved(file, SessionFile.write(svg, file, "plot")));
  }
}
