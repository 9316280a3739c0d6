package kmemsh.command;

import java.util.ArrayList;
import java.util.List;
import kmemsh.view.Listing;

/** {@code ls [PATH...]}: the files of the simulated /proc and /sys. */
final class LsCommand extends Command {
  LsCommand() {
    super(
        new Usage("ls", CommandTable.LOOKING, "List the files of the simulated /proc and /sys")
            .rest("PATH", ArgKind.PROC_PATH, false, "directories or files; * ? [a-f] fit names"));
  }

  @Override
  public Reply run(Arguments arguments) {
    ProcTree tree = new ProcTree(arguments.session());
    List<String> paths = new ArrayList<>();
    for (int i = 0; i < arguments.nrRest(); i++) {
      paths.addAll(tree.expand(arguments.rest(i), arguments.restQuoted(i)));
    }
    if (paths.isEmpty()) {
      paths.add("/proc");
    }
    if (paths.size() == 1) {
      return Reply.of(one(tree, paths.get(0)));
    }
    List<String> names = new ArrayList<>();
    for (String path : paths) {
      String absolute = ProcTree.absolute(path);
      if (!tree.isFile(absolute) && tree.names(absolute).isEmpty()) {
        throw ProcTree.noSuch(path);
      }
      names.add(path);
    }
    return Reply.of(new Listing("", names));
  }

  private static Listing one(ProcTree tree, String word) {
    String path = ProcTree.absolute(word);
    List<String> names = tree.names(path);
    if (names.isEmpty()) {
      if (!tree.isFile(path)) {
        throw ProcTree.noSuch(word);
      }
      names = List.of(path);
    }
    return new Listing(path, names);
  }
}
