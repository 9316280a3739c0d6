package kmemsh.command;

import java.util.ArrayList;
import java.util.List;
import kmemsh.op.Refused;
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
    List<String> skipped = new ArrayList<>(0);
    for (int i = 0; i < arguments.nrRest(); i++) {
      List<String> paths = tree.expand(arguments.rest(i), arguments.restQuoted(i));
      for (String path : paths) {
        read(tree, path, paths.size(), files, skipped);
      }
    }
    tree.consume(files);
    if (files.isEmpty()) {
      throw new Refused("none of these can be read: " + String.join(" ", skipped));
    }
    if (!skipped.isEmpty()) {
      arguments.addNote("not shown, because they cannot be read: " + String.join(" ", skipped));
    }
    return Reply.of(new FileTexts(files));
  }

  /** Reads a file; one of several that a pattern fits may be none that can be read. */
  private static void read(
      ProcTree tree, String path, int nrPaths, List<FileTexts.File> files, List<String> skipped) {
    try {
      files.add(new FileTexts.File(path, tree.read(path)));
    } catch (Refused refused) {
      if (nrPaths == 1) {
        throw refused;
      }
      skipped.add(path);
    }
  }
}
