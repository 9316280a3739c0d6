package kmemsh.op;

import kmemsh.machine.Machine;
import kmemsh.view.Refusal;
import kmemsh.view.VmSysctls;

/**
 * Writes a file under /proc/sys/vm; gives 0.
 *
 * @param setting one of the numbers in {@link VmSysctls}
 * @param values one value; for lowmem_reserve_ratio one or more, from zone index 0 on
 */
public record WriteSysctl(int setting, int[] values) implements Op {
  private static final int MAX_SCALE_FACTOR = 3000;
  private static final int MIN_HIGH_FRACTION = 8;

  @Override
  public void check(Machine machine) {
    String name = VmSysctls.name(setting);
    int most = setting == VmSysctls.LOWMEM_RESERVE_RATIO ? machine.nrZonesPerNode() : 1;
    if (values.length == 0 || values.length > most) {
      throw refused(values.length + " values for " + name + ": it takes " + takes(most));
    }
    for (int value : values) {
      check(name, value);
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

  private void check(String name, int value) {
    switch (setting) {
      case VmSysctls.WATERMARK_SCALE_FACTOR -> {
        if (value < 1 || value > MAX_SCALE_FACTOR) {
          throw refused(
              value + " is not one of 1.." + MAX_SCALE_FACTOR + ", the values of " + name);
        }
      }
      case VmSysctls.PERCPU_PAGELIST_HIGH_FRACTION -> {
        if (value < 0 || (value > 0 && value < MIN_HIGH_FRACTION)) {
          throw refused(
              value + " is neither 0 nor " + MIN_HIGH_FRACTION + " or more, the values of " + name);
        }
      }
      case VmSysctls.LOWMEM_RESERVE_RATIO -> {
        // The kernel takes any number and reads those below 1 as 0.
      }
      default -> {
        if (value < 0) {
          throw refused(value + " is less than 0, the least value of " + name);
        }
      }
    }
  }

  private static Refused refused(String what) {
    return new Refused(
        new Refusal(what, "A real kernel would say: write error: Invalid argument", ""));
  }
}
