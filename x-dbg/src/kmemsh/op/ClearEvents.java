package kmemsh.op;

import kmemsh.machine.Machine;

/** Empties the buffer of ftrace; gives 0. */
public record ClearEvents() implements Op {
  @Override
  public long run(Machine machine) {
    machine.clearEvents();
    return 0;
  }
}
