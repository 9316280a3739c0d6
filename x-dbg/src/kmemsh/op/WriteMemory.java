package kmemsh.op;

import kmemsh.machine.Machine;

/** Writes bytes through any mapping; gives their number. */
public final class WriteMemory implements Op {
  private final long address;
  private final byte[] bytes;

  public WriteMemory(long address, byte[] bytes) {
    this.address = address;
    this.bytes = bytes.clone();
  }

  /** The virtual address of the first byte. */
  public long address() {
    return address;
  }

  @Override
  public void check(Machine machine) {
    MemoryCheck.writable(machine, address, bytes.length);
  }

  @Override
  public long run(Machine machine) {
    int done = 0;
    while (done < bytes.length) {
      long phys = machine.translate(address + done);
      int nr = (int) Math.min(bytes.length - done, MemoryCheck.restOfPage(phys));
      machine.bytes().write(phys, bytes, done, nr);
      MemoryCheck.written(machine, phys, nr);
      done += nr;
    }
    return done;
  }
}
