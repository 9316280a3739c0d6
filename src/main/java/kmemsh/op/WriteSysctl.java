package kmemsh.op;

import kmemsh.machine.Machine;
import kmemsh.view.Refusal;
import kmemsh.view.SysctlTable;
import kmemsh.view.VmSysctls;

/**
 * Writes a file under /proc/sys; gives 0.
 *
 * @param setting one of the numbers in {@link SysctlTable}
 * @param values one value; for lowmem_reserve_ratio one or more, from zone index 0 on
 */
public record WriteSysctl(int setting, int[] values) implements Op {
  private static final int MIN_HIGH_FRACTION = 8;

  @Override
  public void check(Machine machine) {
    String name = SysctlTable.name(setting);
    int most = setting == VmSysctls.LOWMEM_RESERVE_RATIO ? machine.nrZonesPerNode() : 1;
    if (values.length == 0 || values.length > most) {
      throw refused(values.length + " values for " + name + ": it takes " + takes(most));
    }
    for (int value : values) {
      check(name, value, machine.profile().i386());
    }
  }

  @Override
  public long run(Machine machine) {
    machine.writeSysctl(setting, values);
    return 0;
  }

  private static String takes(int most) {
    return most == 1 ? "one" : "1 to " + most;
  }

  private void check(String name, int value, boolean i386) {
    int min = SysctlTable.min(setting, i386);
    int max = SysctlTable.max(setting, i386);
    if (setting == VmSysctls.PERCPU_PAGELIST_HIGH_FRACTION) {
      if (value < 0 || (value > 0 && value < MIN_HIGH_FRACTION)) {
        throw refused(
            value + " is neither 0 nor " + MIN_HIGH_FRACTION + " or more, the values of " + name);
      }
    } else if (value < min && max == Integer.MAX_VALUE) {
      throw refused(value + " is less than " + min + ", the least value of " + name);
    } else if (value < min || value > max) {
      throw refused(value + " is not one of " + min + ".." + max + ", the values of " + name);
    }
  }

  private static Refused refused(String what) {
    return new Refused(
        new Refusal(what, "A real kernel would say: write error: Invalid argument", ""));
  }
}
