package kmemsh.command;

import java.util.ArrayList;
import java.util.List;
import kmemsh.view.FileTexts;

/** {@code cat PATH...}: files of the simulated /proc, with the kernel's bytes. */
final class CatCommand extends Command {
  CatCommand() {
    super(
        new Usage("cat", CommandTable.LOOKING, "Print files of the simulated /proc and /sys")
            .rest("PATH", ArgKind.PROC_PATH, true, "files; * stands for any part of a name"));
  }

  @Override
  public Reply run(Arguments arguments) {
    ProcTree tree = new ProcTree(arguments.session());
    List<FileTexts.File> files = new ArrayList<>();
    for (int i = 0; i < arguments.nrRest(); i++) {
      String word = arguments.rest(i);
      List<String> paths = paths(tree, word, arguments.restQuoted(i));
      for (String path : paths) {
        files.add(new FileTexts.File(path, tree.read(path)));
      }
    }
    return Reply.of(new FileTexts(files));
  }

  private static List<String> paths(ProcTree tree, String word, boolean quoted) {
    if (quoted || word.indexOf('*') < 0) {
      return List.of(word);
    }
    List<String> paths = tree.glob(word);
    if (paths.isEmpty()) {
      throw ProcTree.noSuch(word);
    }
    return paths;
  }
}
