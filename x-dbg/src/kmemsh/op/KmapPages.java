package kmemsh.op;

import kmemsh.machine.Machine;

/** {@code kmap} of several pages, or {@code kunmap} of them, in turn; gives what each gives. */
public final class KmapPages implements ListOp {
  private final long[] pfns;
  private final boolean maps;

  public KmapPages(long[] pfns, boolean maps) {
    this.pfns = pfns.clone();
    this.maps = maps;
  }

  /** Page {@code i}. */
  public int pfn(int i) {
    return (int) pfns[i];
  }

  @Override
  public long[] runAll(Machine machine) {
    long[] results = new long[pfns.length];
    for (int i = 0; i < results.length; i++) {
      machine.beginRound(i);
      Op op = maps ? new Kmap(pfn(i)) : new Kunmap(pfn(i));
      op.check(machine);
      results[i] = op.run(machine);
    }
    return results;
  }
}
