package kmemsh.command;

import java.util.List;
import kmemsh.proc.ProcFiles;
import kmemsh.view.Listing;

/** {@code ls [PATH]}: the files of the simulated /proc. */
final class LsCommand extends Command {
  LsCommand() {
    super(
        new Usage("ls", CommandTable.LOOKING, "List the files of the simulated /proc and /sys")
            .optional("PATH", ArgKind.PROC_PATH, "/proc", "a directory"));
  }

  @Override
  public Reply run(Arguments arguments) {
    String word = arguments.has(0) ? arguments.word(0) : "/proc";
    String path = ProcTree.absolute(word);
    List<String> names = ProcFiles.list(path, arguments.session().machine().files());
    if (names.isEmpty()) {
      if (ProcFiles.find(path, arguments.session().machine().files()) == null) {
        throw ProcTree.noSuch(word);
      }
      names = List.of(path);
    }
    return Reply.of(new Listing(path, names));
  }
}
