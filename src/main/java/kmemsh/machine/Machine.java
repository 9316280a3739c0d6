package kmemsh.machine;

import kmemsh.trace.Trace;
import kmemsh.view.MachineView;

/** A machine of one zone that takes the lowest aligned free block. */
public final class Machine implements MachineView {
  public static final int NO_PFN = -1;

  private final int endPfn;
  private byte[] taken;
  private Trace trace = Trace.OFF;

  public Machine(int endPfn) {
    this.endPfn = endPfn;
    this.taken = new byte[endPfn];
  }

  public int allocPages(int order) {
    int size = 1 << order;
    for (int pfn = 0; pfn + size <= endPfn; pfn += size) {
      if (isFree(pfn, size)) {
        java.util.Arrays.fill(taken, pfn, pfn + size, (byte) 1);
        trace.mmPageAlloc(pfn, order, 0, 0);
        return pfn;
      }
    }
    return NO_PFN;
  }

  public void freePages(int pfn, int order) {
    java.util.Arrays.fill(taken, pfn, pfn + (1 << order), (byte) 0);
    trace.mmPageFree(pfn, order);
  }

  public boolean isTaken(int pfn) {
    return taken[pfn] != 0;
  }

  private boolean isFree(int pfn, int size) {
    for (int i = 0; i < size; i++) {
      if (taken[pfn + i] != 0) {
        return false;
      }
    }
    return true;
  }

  public Object checkpoint() {
    return taken.clone();
  }

  public void restore(Object state) {
    taken = ((byte[]) state).clone();
  }

  public void setTrace(Trace trace) {
    this.trace = trace;
  }

  public Trace trace() {
    return trace;
  }

  @Override
  public int endPfn() {
    return endPfn;
  }

  @Override
  public int freeBlocks(int order) {
    int blocks = 0;
    for (int pfn = 0; pfn + (1 << order) <= endPfn; pfn += 1 << order) {
      blocks += isFree(pfn, 1 << order) ? 1 : 0;
    }
    return blocks;
  }
}
