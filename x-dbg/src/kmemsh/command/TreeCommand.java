package kmemsh.command;

import java.util.ArrayList;
import java.util.List;
import kmemsh.op.Refused;
import kmemsh.view.PathTree;
import kmemsh.view.Refusal;

/** {@code tree [DIR]}: a directory of the simulated /proc and /sys with all that is below it. */
final class TreeCommand extends LookCommand {
  TreeCommand() {
    super(
        new Usage("tree", CommandTable.LOOKING, "Draw the simulated /proc and /sys")
            .optional("DIR", ArgKind.PROC_PATH, "/", "a directory"));
  }

  @Override
  public Reply run(Arguments arguments) {
    ProcTree tree = new ProcTree(arguments.session());
    String word = arguments.has(0) ? arguments.word(0) : "/";
    String path = ProcTree.absolute(word);
    if (tree.names(path).isEmpty()) {
      if (tree.isFile(path)) {
        throw new Refused(new Refusal(path + " is a file, not a directory", "", "cat " + path));
      }
      throw ProcTree.noSuch(word);
    }
    List<PathTree.Entry> entries = new ArrayList<>();
    add(tree, path, 0, entries);
    return Reply.of(new PathTree(path, entries));
  }

  private static void add(ProcTree tree, String path, int depth, List<PathTree.Entry> entries) {
    List<String> names = tree.names(path);
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      entries.add(new PathTree.Entry(depth, name, i + 1 == names.size()));
      if (name.endsWith("/")) {
        String below = path.equals("/") ? "/" + name : path + "/" + name;
        add(tree, ProcTree.absolute(below), depth + 1, entries);
      }
    }
  }
}
