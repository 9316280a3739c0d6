package kmemsh.op;

import kmemsh.machine.Machine;

/** Sets {@code sizeBytes} bytes to one value through any mapping; gives their number. */
public record FillMemory(long address, long sizeBytes, int value) implements Op {
  @Override
  public void check(Machine machine) {
    MemoryCheck.writable(machine, address, sizeBytes);
  }

  @Override
  public long run(Machine machine) {
    long done = 0;
    while (done < sizeBytes) {
      long phys = machine.translate(address + done);
      long nr = Math.min(sizeBytes - done, MemoryCheck.restOfPage(phys));
      machine.bytes().fill(phys, nr, value);
      MemoryCheck.written(machine, phys, nr);
      done += nr;
    }
    return done;
  }
}
