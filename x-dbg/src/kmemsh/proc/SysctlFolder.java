package kmemsh.proc;

import java.util.ArrayList;
import java.util.List;
import kmemsh.view.ProcSnapshots;
import kmemsh.view.SysctlTable;

/** /proc/sys/vm: the settings this machine's kernel has. */
final class SysctlFolder extends ProcFolder {
  SysctlFolder() {
    super("/proc/sys/vm");
  }

  @Override
  List<String> names(ProcSnapshots machine) {
    List<String> names = new ArrayList<>();
    for (int setting = 0; setting < SysctlTable.count(); setting++) {
      if (machine.sysctls().has(setting)) {
        names.add(SysctlTable.name(setting));
      }
    }
    return names;
  }

  @Override
  ProcFile file(String name) {
    int setting = SysctlTable.number(name);
    return setting < 0 ? null : new SysctlFile(setting);
  }
}
