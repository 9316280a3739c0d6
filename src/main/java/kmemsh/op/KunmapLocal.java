package kmemsh.op;

import kmemsh.machine.Highmem;
import kmemsh.machine.Machine;

/**
 * Undoes the newest local map of the present CPU: {@code kunmap_local}, {@code kunmap_atomic};
 * gives the address that was undone, which is another one than {@code virt} where the order is
 * wrong and misuse is let through.
 */
public record KunmapLocal(long virt, boolean atomic) implements Op {
  private static final int PAGE_SHIFT = 12;

  @Override
  public void check(Machine machine) {
    BadMap.local(machine, virt, atomic);
  }

  @Override
  public long run(Machine machine) {
    Highmem highmem = machine.cpus().highmem();
    boolean slot = highmem.config().localIndex(virt) >= 0;
    long undone = slot ? highmem.locals().top(machine.pages().cpu()) : virt;
    machine.unmapLocal(virt, atomic);
    return (virt ^ undone) >>> PAGE_SHIFT == 0 ? virt : undone;
  }
}
