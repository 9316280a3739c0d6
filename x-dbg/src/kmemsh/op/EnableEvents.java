package kmemsh.op;

import kmemsh.machine.Machine;

/**
 * Switches events of ftrace's system kmem on and all others off; gives 0.
 *
 * @param mask a bit for each event of {@link kmemsh.view.KmemEvents}
 */
public record EnableEvents(int mask) implements Op {
  @Override
  public long run(Machine machine) {
    machine.enableEvents(mask);
    return 0;
  }
}
