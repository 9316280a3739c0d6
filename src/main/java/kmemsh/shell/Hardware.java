package kmemsh.shell;

import kmemsh.command.MachineTexts;
import kmemsh.lang.LineError;
import kmemsh.lang.Numbers;
import kmemsh.machine.AddressOptions;
import kmemsh.machine.BadProfile;
import kmemsh.machine.BootOptions;
import kmemsh.machine.MachineOptions;
import kmemsh.machine.Profile;
import kmemsh.machine.Profiles;

/** The hardware that the program's options ask for. */
final class Hardware {
  private Hardware() {}

  /**
   * The machine of {@code options}.
   *
   * @throws UsageError when there is no such machine
   */
  static Profile profile(Options options) throws UsageError {
    try {
      String machine = text(options, ProgramOption.MACHINE);
      return Profiles.make(
          new MachineOptions(
              machine,
              MachineTexts.read(machine),
              number(options, ProgramOption.MEM),
              (int) Math.min(number(options, ProgramOption.CPUS), Integer.MAX_VALUE),
              (int) Math.min(number(options, ProgramOption.NODES), Integer.MAX_VALUE),
              text(options, ProgramOption.SLAB),
              options.has(ProgramOption.PAE),
              boot(options)));
    } catch (BadProfile bad) {
      throw new UsageError(bad.getMessage());
    }
  }

  private static BootOptions boot(Options options) throws UsageError {
    return new BootOptions(
        slubDebug(options),
        options.has(ProgramOption.SLAB_NOMERGE),
        options.has(ProgramOption.UNSAFE),
        options.has(ProgramOption.NO_HASH_POINTERS),
        new AddressOptions(
            text(options, ProgramOption.SPLIT),
            number(options, ProgramOption.VMALLOC),
            options.has(ProgramOption.HIGHMEM)
                ? number(options, ProgramOption.HIGHMEM)
                : AddressOptions.NOT_GIVEN));
  }

  /** {@code slub_debug=} with nothing behind it means everything for all caches. */
  private static String slubDebug(Options options) {
    String value = text(options, ProgramOption.SLUB_DEBUG);
    return value.isEmpty() && options.has(ProgramOption.SLUB_DEBUG) ? "FZPU" : value;
  }

  private static String text(Options options, String option) {
    return options.has(option) ? options.value(option) : "";
  }

  private static long number(Options options, String option) throws UsageError {
    if (!options.has(option)) {
      return 0;
    }
    String word = options.value(option);
    long value;
    try {
      value = Numbers.parse(word);
    } catch (LineError wrong) {
      throw new UsageError(wrong.getMessage() + " (" + option + ")");
    }
    if (value <= 0) {
      throw new UsageError(word + ": " + option + " is a number from 1");
    }
    return value;
  }
}
