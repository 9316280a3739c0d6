package kmemsh.op;

import kmemsh.machine.Machine;

/**
 * What follows runs in {@code context}, one of {@link kmemsh.machine.ContextRules}, on the present
 * CPU; gives it.
 */
public record SetContext(int context) implements Op {
  @Override
  public long run(Machine machine) {
    machine.setContext(context);
    return context;
  }
}
