package kmemsh.render;

import kmemsh.text.Text;
import kmemsh.view.FileTexts;
import kmemsh.view.Listing;
import kmemsh.view.Meminfo;
import kmemsh.view.PageTypes;
import kmemsh.view.PathTree;
import kmemsh.view.SysctlWritten;
import kmemsh.view.TraceSwitched;
import kmemsh.view.TreeExported;

/** The text of files under /proc and /sys and of what was done with them. */
final class FilesText {
  private FilesText() {}

  /** Appends one of these records; false when {@code record} is none of them. */
  static boolean render(Object record, Text out, int columns) {
    if (record instanceof FileTexts files) {
      for (FileTexts.File file : files.files()) {
        out.add(file.text());
      }
    } else if (record instanceof Listing listing) {
      for (String name : listing.names()) {
        out.add(name).line();
      }
    } else if (record instanceof PathTree tree) {
      tree(tree, out);
    } else if (record instanceof Meminfo info) {
      MeminfoText.render(info, out, columns);
    } else if (record instanceof PageTypes types) {
      PageTypesText.render(types, out);
    } else if (record instanceof TreeExported exported) {
      exported(exported, out);
    } else if (record instanceof TraceSwitched trace) {
      recorded(trace, out, columns);
    } else if (record instanceof SysctlWritten written) {
      out.add(written.name()).add(" = ").add(written.value());
      out.add("; nothing in this model reads it").line();
    } else {
      return false;
    }
    return true;
  }

  private static void tree(PathTree tree, Text out) {
    out.add(tree.path()).line();
    StringBuilder stems = new StringBuilder();
    for (PathTree.Entry entry : tree.entries()) {
      stems.setLength(4 * entry.depth());
      out.add(stems.toString()).add(entry.last() ? "`-- " : "|-- ").add(entry.name()).line();
      stems.append(entry.last() ? "    " : "|   ");
    }
  }

  private static void exported(TreeExported exported, Text out) {
    out.add(exported.directory()).add(": /proc and /sys written").line();
    if (!exported.pageFiles()) {
      out.add("  without /proc/kpageflags and /proc/kpagecount: --pages writes them too").line();
    }
  }

  private static void recorded(TraceSwitched trace, Text out, int columns) {
    String names = trace.events().isEmpty() ? "nothing" : String.join(" ", trace.events());
    Draw.words("recording " + names, out, columns, 2);
    out.line();
  }
}
