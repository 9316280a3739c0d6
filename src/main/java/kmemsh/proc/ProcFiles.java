package kmemsh.proc;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import kmemsh.view.ProcSnapshots;
import kmemsh.view.SlubFiles;
import kmemsh.view.VmSysctls;

/** Every file of the simulated /proc and /sys. */
public final class ProcFiles {
  private static final ProcFile[] FILES = {
    new BuddyinfoFile(),
    new PagetypeinfoFile(),
    new SlabinfoFile(),
    new SysctlFile(VmSysctls.LOWMEM_RESERVE_RATIO),
    new SysctlFile(VmSysctls.MIN_FREE_KBYTES),
    new SysctlFile(VmSysctls.PERCPU_PAGELIST_HIGH_FRACTION),
    new SysctlFile(VmSysctls.WATERMARK_BOOST_FACTOR),
    new SysctlFile(VmSysctls.WATERMARK_SCALE_FACTOR),
    new VmallocinfoFile(),
    new ZoneinfoFile(),
  };

  /** Parts of a path behind /sys/kernel/slab: nothing, the directory, the file. */
  private static final int SLAB_PARTS = 3;

  private ProcFiles() {}

  /** The file of an absolute path that every machine may have, or null. */
  public static ProcFile find(String path) {
    for (ProcFile file : FILES) {
      if (file.path().equals(path)) {
        return file;
      }
    }
    return null;
  }

  /** The file of an absolute path on this machine, or null. */
  public static ProcFile find(String path, ProcSnapshots machine) {
    if (!path.startsWith(SlabDirectory.PATH)) {
      ProcFile file = find(path);
      return file != null && file.exists(machine) ? file : null;
    }
    String[] parts = path.substring(SlabDirectory.PATH.length()).split("/", -1);
    if (parts.length != SLAB_PARTS) {
      return null;
    }
    SlubFiles cache = SlabDirectory.find(machine.slubFiles(), parts[1]);
    boolean known = cache != null && SlabDirectory.text(cache, parts[2]) != null;
    return known ? new SlabFile(parts[1], parts[2]) : null;
  }

  /**
   * The number of the setting in {@link VmSysctls} that a path shows, or -1.
   *
   * @param path absolute
   */
  public static int settingOf(String path) {
    for (int setting = 0; setting < VmSysctls.count(); setting++) {
      if (path.equals(SysctlFile.DIRECTORY + VmSysctls.name(setting))) {
        return setting;
      }
    }
    return -1;
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
    for (String path : paths(prefix.startsWith(SlabDirectory.PATH + "/"), machine)) {
      if (path.startsWith(prefix)) {
        String rest = path.substring(prefix.length());
        int slash = rest.indexOf('/');
        names.add(slash < 0 ? rest : rest.substring(0, slash + 1));
      }
    }
    return new ArrayList<>(names);
  }

  /** Every path that fits {@code pattern}, in which {@code *} stands for anything but a slash. */
  public static List<String> glob(String pattern, ProcSnapshots machine) {
    List<String> paths = new ArrayList<>();
    for (String path : paths(pattern.startsWith("/sys/"), machine)) {
      if (fits(path, 0, pattern, 0)) {
        paths.add(path);
      }
    }
    return paths;
  }

  /** All paths; of /sys/kernel/slab only the directory unless {@code slab}. */
  private static List<String> paths(boolean slab, ProcSnapshots machine) {
    List<String> paths = new ArrayList<>();
    for (ProcFile file : FILES) {
      if (file.exists(machine)) {
        paths.add(file.path());
      }
    }
    if (!slab) {
      if (machine.caches().allocator().equals("slub")) {
        paths.add(SlabDirectory.PATH + "/");
      }
      return paths;
    }
    List<SlubFiles> caches = machine.slubFiles();
    for (String directory : SlabDirectory.directories(caches)) {
      for (String name : SlabDirectory.names(SlabDirectory.find(caches, directory))) {
        paths.add(SlabDirectory.PATH + "/" + directory + "/" + name);
      }
    }
    return paths;
  }

  private static boolean fits(String path, int from, String pattern, int start) {
    int at = from;
    for (int i = start; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      if (c == '*') {
        for (int end = at; end <= path.length(); end++) {
          if (fits(path, end, pattern, i + 1)) {
            return true;
          }
          if (end < path.length() && path.charAt(end) == '/') {
            return false;
          }
        }
        return false;
      }
      if (at >= path.length() || path.charAt(at++) != c) {
        return false;
      }
    }
    return at == path.length();
  }
}
