package kmemsh.op;

import kmemsh.machine.Machine;

/** Undoes the newest local map of the present CPU: {@code kunmap_local}, {@code kunmap_atomic}. */
public record KunmapLocal(long virt, boolean atomic) implements Op {
  @Override
  public void check(Machine machine) {
    BadMap.local(machine, virt, atomic);
  }

  @Override
  public long run(Machine machine) {
    machine.unmapLocal(virt, atomic);
    return virt;
  }
}
