package kmemsh.proc;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import kmemsh.view.ProcSnapshots;
import kmemsh.view.SysctlTable;

/** Every file of the simulated /proc and /sys. */
public final class ProcFiles {
  private static final ProcFolder[] FOLDERS = {
    new RootFolder(),
    new SysctlFolder(SysctlTable.VM),
    new SysctlFolder(SysctlTable.KERNEL),
    new SlabFolder(),
    new ExtfragFolder(),
    new TracingFolder(),
  };

  private ProcFiles() {}

  /** The file of an absolute path that every machine may have, or null. */
  public static ProcFile find(String path) {
    ProcFolder folder = folder(path);
    return folder == null ? null : folder.file(path.substring(folder.path().length() + 1));
  }

  /** The file of an absolute path on this machine, or null. */
  public static ProcFile find(String path, ProcSnapshots machine) {
    ProcFolder folder = folder(path);
    if (folder == null || !folder.exists(machine)) {
      return null;
    }
    return folder.find(path.substring(folder.path().length() + 1), machine);
  }

  /** Every file of this machine, folder by folder. */
  public static List<ProcFile> all(ProcSnapshots machine) {
    List<ProcFile> files = new ArrayList<>();
    for (ProcFolder folder : FOLDERS) {
      if (folder.exists(machine)) {
        for (String name : folder.names(machine)) {
          files.add(folder.file(name));
        }
      }
    }
    return files;
  }

  /** The folder that has the file of a path: the one that begins furthest down. */
  private static ProcFolder folder(String path) {
    ProcFolder nearest = null;
    for (ProcFolder folder : FOLDERS) {
      if (path.startsWith(folder.path() + "/")
          && (nearest == null || folder.path().length() > nearest.path().length())) {
        nearest = folder;
      }
    }
    return nearest;
  }

  /**
   * The number of the setting in {@link SysctlTable} that a path shows, or -1.
   *
   * @param path absolute
   */
  public static int settingOf(String path) {
    return find(path) instanceof SysctlFile file ? file.setting : -1;
  }

  /**
   * The names in a directory in alphabetical order, directories with a {@code /} at their end;
   * empty when there is no such directory.
   *
   * @param directory absolute; a {@code /} at its end makes no difference
   */
  public static List<String> list(String directory, ProcSnapshots machine) {
    String prefix = directory.endsWith("/") ? directory : directory + "/";
    TreeSet<String> names = new TreeSet<>();
    for (ProcFolder folder : FOLDERS) {
      String path = folder.path() + "/";
      if (!folder.exists(machine)) {
        continue;
      }
      if (path.startsWith(prefix) && path.length() > prefix.length()) {
        names.add(first(path.substring(prefix.length())));
      } else if (prefix.startsWith(path)) {
        String below = prefix.substring(path.length());
        for (String name : folder.names(machine)) {
          if (name.startsWith(below)) {
            names.add(first(name.substring(below.length())));
          }
        }
      }
    }
    return new ArrayList<>(names);
  }

  /** The first part of a path, with its slash if it is a directory. */
  private static String first(String path) {
    int slash = path.indexOf('/');
    return slash < 0 ? path : path.substring(0, slash + 1);
  }

  /**
   * Every file or directory that fits {@code pattern}, in alphabetical order, directories with a
   * {@code /} at their end.
   *
   * @param pattern absolute; see {@link Glob}
   */
  public static List<String> glob(String pattern, ProcSnapshots machine) {
    List<String> found = List.of("/");
    for (String part : pattern.substring(1).split("/", -1)) {
      List<String> next = new ArrayList<>();
      for (String directory : found) {
        if (directory.endsWith("/")) {
          for (String name : list(directory, machine)) {
            boolean below = name.endsWith("/");
            String bare = below ? name.substring(0, name.length() - 1) : name;
            if (Glob.fits(bare, part)) {
              next.add(directory + name);
            }
          }
        }
      }
      found = next;
    }
    return found;
  }
}
