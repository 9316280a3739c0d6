package kmemsh.op;

import kmemsh.machine.Machine;

/** {@code vm_unmap_aliases}: purges what waits; gives the pages that waited. */
public record UnmapAliases() implements Op {
  @Override
  public void check(Machine machine) {
    CacheCheck.allocator(machine);
  }

  @Override
  public long run(Machine machine) {
    return machine.spaceOrNull() == null ? 0 : machine.space().unmapAliases();
  }
}
