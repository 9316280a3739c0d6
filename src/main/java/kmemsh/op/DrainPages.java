package kmemsh.op;

import kmemsh.machine.ContextRules;
import kmemsh.machine.Machine;

/**
 * Empties page sets into the buddy lists: of one CPU, or of all for {@link #ALL}; gives how many
 * pages went back.
 */
public record DrainPages(int cpu) implements Op {
  public static final int ALL = -1;

  @Override
  public void check(Machine machine) {
    if (cpu != ALL) {
      new SetCpu(cpu).check(machine);
    }
    boolean own = cpu == machine.pages().cpu();
    ContextCheck.call(machine, own ? ContextRules.FREE : ContextRules.DRAIN, "drain_pages");
  }

  @Override
  public long run(Machine machine) {
    return machine.drainPages(cpu);
  }
}
