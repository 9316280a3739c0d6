package kmemsh.proc;

import kmemsh.view.ProcSnapshots;
import kmemsh.view.SysctlTable;

/**
 * A file under /proc/sys: its values, tabs between them.
 *
 * <p>Spec: proc-and-user.md 5; page-allocator.md 3.1 to 3.4, 6.1
 */
final class SysctlFile implements ProcFile {
  /** One of the numbers in {@link SysctlTable}. */
  final int setting;

  /**
   * @param setting one of the numbers in {@link SysctlTable}
   */
  SysctlFile(int setting) {
    this.setting = setting;
  }

  @Override
  public String path() {
    return SysctlTable.directory(setting) + "/" + SysctlTable.name(setting);
  }

  @Override
  public String text(ProcSnapshots machine) {
    String word = SysctlTable.word(setting);
    if (!word.isEmpty()) {
      return word + "\n";
    }
    StringBuilder out = new StringBuilder();
    for (int value : machine.sysctls().values(setting)) {
      out.append(out.length() == 0 ? "" : "\t").append(value);
    }
    return out.append('\n').toString();
  }

  @Override
  public boolean readable() {
    return !SysctlTable.isTrigger(setting);
  }

  @Override
  public boolean writable() {
    return SysctlTable.isWritable(setting);
  }
}
