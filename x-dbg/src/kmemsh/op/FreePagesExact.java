package kmemsh.op;

import kmemsh.machine.Machine;

/** Gives the single pages that hold {@code sizeBytes} from {@code pfn} on back; gives 0. */
public record FreePagesExact(int pfn, long sizeBytes) implements Op {
  private static final int PAGE_SHIFT = 12;
  private static final long PAGE_MASK = 4095;

  @Override
  public void check(Machine machine) {
    long nrPages = (sizeBytes + PAGE_MASK) >>> PAGE_SHIFT;
    if (sizeBytes < 1 || nrPages > machine.nrFrames() - (long) pfn) {
      throw new Refused(
          sizeBytes + " bytes from pfn " + BadFree.hex(pfn) + " on are more than this machine has");
    }
    for (int page = pfn; page < pfn + nrPages; page++) {
      BadFree.check(machine, page, 0);
    }
  }

  @Override
  public long run(Machine machine) {
    machine.freePagesExact(pfn, sizeBytes);
    return 0;
  }
}
