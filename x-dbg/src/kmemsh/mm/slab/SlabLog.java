package kmemsh.mm.slab;

import kmemsh.view.LogEntry;
import kmemsh.view.SlubReport;

/** Takes what the object allocator has to report. */
public interface SlabLog {
  void report(LogEntry entry);

  /**
   * How a report describes a slab.
   *
   * @param pfn its first page
   * @param order order of its block
   * @param fp address of its first free object, or 0
   */
  SlubReport.Slab slab(int pfn, int order, int objects, int used, long fp);
}
