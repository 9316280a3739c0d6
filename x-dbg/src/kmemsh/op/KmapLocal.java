package kmemsh.op;

import kmemsh.machine.Highmem;
import kmemsh.machine.Machine;
import kmemsh.view.Refusal;

/**
 * Maps a page through a slot of the present CPU: {@code kmap_local_page} or {@code kmap_atomic};
 * gives the address.
 */
public record KmapLocal(int pfn, boolean atomic) implements Op {
  private static final int MOST_PREEMPT_DEPTH = 255;

  @Override
  public void check(Machine machine) {
    BadMap.page(machine, pfn);
    int cpu = machine.pages().cpu();
    Highmem highmem = machine.cpus().highmem();
    int levels = highmem.config().kmMaxIdx() - 1;
    if (highmem.isHighmem(pfn) && highmem.locals().depth(cpu) == levels) {
      throw new Refused(
          new Refusal(
              "all " + levels + " levels of cpu " + cpu + " are in use: undo the newest first",
              "A real kernel would stop at a BUG: the slots of one CPU are few",
              (highmem.locals().topIsAtomic(cpu) ? "kunmap_atomic 0x" : "kunmap_local 0x")
                  + Long.toHexString(highmem.locals().top(cpu))));
    }
    if (atomic && (machine.cpus().preemptCount(cpu) & MOST_PREEMPT_DEPTH) == MOST_PREEMPT_DEPTH) {
      throw new Refused(
          new Refusal(
              "preemption is off " + MOST_PREEMPT_DEPTH + " times already, the most there can be",
              "A real kernel would let the count run over and take itself to be in a softirq",
              ""));
    }
  }

  @Override
  public long run(Machine machine) {
    return machine.mapLocal(pfn, atomic);
  }
}
