package kmemsh.op;

import kmemsh.machine.Machine;

/** One run of SLAB's periodic work on the present CPU; gives how many slabs it gave back. */
public record Reap() implements Op {
  @Override
  public void check(Machine machine) {
    CacheCheck.allocator(machine);
  }

  @Override
  public long run(Machine machine) {
    return machine.reapSlabs();
  }
}
