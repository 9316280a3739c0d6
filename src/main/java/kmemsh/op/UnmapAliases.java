package kmemsh.op;

import kmemsh.machine.ContextRules;
import kmemsh.machine.Machine;

/** {@code vm_unmap_aliases}: purges what waits; gives the pages that waited. */
public record UnmapAliases() implements Op {
  @Override
  public void check(Machine machine) {
    CacheCheck.allocator(machine);
    ContextCheck.call(machine, ContextRules.UNMAP_ALIASES, "vm_unmap_aliases");
  }

  @Override
  public long run(Machine machine) {
    ContextCheck.mayCall(machine, ContextRules.UNMAP_ALIASES);
    return machine.spaceOrNull() == null ? 0 : machine.space().unmapAliases();
  }
}
