package kmemsh.mm.slab;

import kmemsh.view.LogEntry;

/** Takes what the object allocator has to report. */
public interface SlabLog {
  void report(LogEntry entry);
}
