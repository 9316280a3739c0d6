package kmemsh.command;

import kmemsh.lang.Value;
import kmemsh.machine.Machine;
import kmemsh.machine.MachineQueries;

/** A command that looks at the machine and changes nothing. */
abstract class LookCommand extends Command {
  /** Asks for the facts of a picture in words. */
  static final String PLAIN = "--plain";

  LookCommand(Usage usage) {
    super(usage.flag(PLAIN, "facts in words, a line each, without a drawing"));
  }

  /** What the machine is at this moment. */
  static MachineQueries machine(Arguments arguments) {
    return new MachineQueries(arguments.session().machine());
  }

  /** The zone of argument {@code i}, or empty for all zones when it was not given. */
  static String zone(Arguments arguments, int i) {
    return arguments.has(i) ? arguments.zone(i) : "";
  }

  /** The migratetype of argument {@code i}, or -1 for all when it was not given. */
  static int migratetype(Arguments arguments, int i) {
    return arguments.has(i) ? arguments.migratetype(i) : -1;
  }

  /** The frame of argument {@code i}, or of the last page when it was not given. */
  static int pfn(Arguments arguments, int i) {
    if (!arguments.has(i)) {
      return (int) arguments.pageOrLast(i).number();
    }
    Machine machine = arguments.session().machine();
    Value value = arguments.value(i);
    boolean isAddress = value.isAddress() || value.kind() == Value.NUMBER;
    int behind = isAddress ? behind(machine, value.number()) : Machine.NO_PFN;
    return behind == Machine.NO_PFN ? (int) arguments.page(i).number() : behind;
  }

  private static int behind(Machine machine, long virt) {
    int pfn = machine.pfnOf(virt);
    boolean mapped = pfn == Machine.NO_PFN && machine.highmem() != null;
    return mapped ? machine.highmem().pfnAt(virt) : pfn;
  }
}
