package kmemsh.command;

import kmemsh.lang.Suggest;
import kmemsh.lang.Words;
import kmemsh.machine.MachineQueries;
import kmemsh.op.Refused;
import kmemsh.render.SvgMaps;
import kmemsh.session.SessionFile;
import kmemsh.view.BuddyInfo;
import kmemsh.view.MemMap;
import kmemsh.view.Refusal;
import kmemsh.view.Saved;

/** {@code render WHAT --svg FILE}: the map of memory or the free lists as a picture in a file. */
final class RenderCommand extends LookCommand {
  private static final String[] WHAT = {"memmap", "freelists"};

  RenderCommand() {
    super(
        new Usage("render", CommandTable.WATCHING, "Draw memory or free lists into an SVG file")
            .option("-s --svg", "FILE", ArgKind.FILE, "", "the file to write; it must be given")
            .required("WHAT", ArgKind.WORD, "memmap or freelists")
            .optional("ZONE", ArgKind.ZONE, "all zones", "one zone"));
  }

  @Override
  public Reply run(Arguments arguments) {
    String what = arguments.word(0);
    String file = arguments.option("--svg");
    if (!what.equals(WHAT[0]) && !what.equals(WHAT[1])) {
      String near = Suggest.nearest(what, WHAT);
      throw new Refused(
          new Refusal(
              Words.show(what) + " is nothing that can be drawn: memmap or freelists",
              "",
              near.isEmpty() ? "" : "render " + near + " --svg FILE"));
    }
    if (file.isEmpty()) {
      throw new Refused(
          new Refusal(
              "the file to draw into is not given",
              "",
              "render " + what + " --svg " + what + ".svg"));
    }
    String svg = draw(what, machine(arguments), zone(arguments, 1));
    return Reply.of(new Saved(file, SessionFile.write(svg, file, "render")));
  }

  private static String draw(String what, MachineQueries queries, String zone) {
    if (what.equals(WHAT[0])) {
      MemMap map = queries.memMap(zone);
      return Pictures.draw(() -> SvgMaps.memMap(map));
    }
    BuddyInfo info = queries.pages().buddyInfo(zone);
    return Pictures.draw(() -> SvgMaps.buddyInfo(info));
  }
}
