package kmemsh.op;

import kmemsh.machine.Machine;
import kmemsh.view.LogEntry;

/** The kernel touches an address that nothing is mapped at, and says so in its log; gives 0. */
public record PageFault(long address, boolean write) implements Op {
  @Override
  public long run(Machine machine) {
    machine.printk().say(new LogEntry.PageFault(address, !machine.profile().i386(), write));
    return 0;
  }
}
