package kmemsh.op;

import kmemsh.machine.Machine;
import kmemsh.machine.Slabs;

/** {@code kvfree}: vfree of an address of the vmalloc range, else kfree; gives 0. */
public record Kvfree(long address) implements Op {
  private Op call(Machine machine) {
    return machine.space().isVmalloc(address)
        ? new FreeArea(address, FreeArea.VFREE)
        : new FreeObject(Slabs.NO_CACHE, address);
  }

  @Override
  public void check(Machine machine) {
    call(machine).check(machine);
  }

  @Override
  public long run(Machine machine) {
    return call(machine).run(machine);
  }
}
