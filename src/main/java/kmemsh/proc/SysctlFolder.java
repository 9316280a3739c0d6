package kmemsh.proc;

import java.util.ArrayList;
import java.util.List;
import kmemsh.view.ProcSnapshots;
import kmemsh.view.SysctlTable;

/** A directory under /proc/sys: the settings this machine's kernel has. */
final class SysctlFolder extends ProcFolder {
  SysctlFolder(String path) {
    super(path);
  }

  @Override
  List<String> names(ProcSnapshots machine) {
    List<String> names = new ArrayList<>();
    for (int setting = 0; setting < SysctlTable.count(); setting++) {
      if (isHere(setting) && machine.sysctls().has(setting)) {
        names.add(SysctlTable.name(setting));
      }
    }
    return names;
  }

  @Override
  ProcFile file(String name) {
    int setting = SysctlTable.number(name);
    return setting < 0 || !isHere(setting) ? null : new SysctlFile(setting);
  }

  private boolean isHere(int setting) {
    return SysctlTable.directory(setting).equals(path());
  }
}
