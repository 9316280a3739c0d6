package kmemsh.op;

import kmemsh.machine.Machine;

/** An operation that gives several values, such as {@code alloc_pages_bulk} or {@code repeat}. */
public interface ListOp extends Op {
  /** Makes the change and returns one value for each part of it, in order. */
  long[] runAll(Machine machine);

  @Override
  default long run(Machine machine) {
    return runAll(machine).length;
  }
}
