package kmemsh.command;

import kmemsh.proc.MeminfoFile;
import kmemsh.view.Meminfo;
import kmemsh.view.ProcSnapshots;

/** {@code meminfo}: /proc/meminfo with a picture, each line explained. */
final class MeminfoCommand extends LookCommand {
  MeminfoCommand() {
    super(
        new Usage("meminfo", CommandTable.LOOKING, "Draw where memory is, each line explained")
            .flag("-a --all", "lines that are 0 too"));
  }

  @Override
  public Reply run(Arguments arguments) {
    ProcSnapshots files = arguments.session().machine().files();
    boolean all = arguments.hasOption("--all");
    return Reply.of(new Meminfo(all, MeminfoFile.lines(files.zoneinfo(), files.counters())));
  }
}
