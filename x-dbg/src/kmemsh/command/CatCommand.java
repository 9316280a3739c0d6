package kmemsh.command;

import java.util.ArrayList;
import java.util.List;
import kmemsh.view.FileTexts;

/** {@code cat PATH...}: files of the simulated /proc and /sys, with the kernel's bytes. */
final class CatCommand extends Command {
  CatCommand() {
    super(
        new Usage("cat", CommandTable.LOOKING, "Print files of the simulated /proc and /sys")
            .rest("PATH", ArgKind.PROC_PATH, true, "files; * ? [a-f] fit names as in the shell"));
  }

  @Override
  public Reply run(Arguments arguments) {
    ProcTree tree = new ProcTree(arguments.session());
    List<FileTexts.File> files = new ArrayList<>();
    for (int i = 0; i < arguments.nrRest(); i++) {
      for (String path : tree.expand(arguments.rest(i), arguments.restQuoted(i))) {
        files.add(new FileTexts.File(path, tree.read(path)));
      }
    }
    tree.consume(files);
    return Reply.of(new FileTexts(files));
  }
}
