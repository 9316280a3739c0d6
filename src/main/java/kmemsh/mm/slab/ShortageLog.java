package kmemsh.mm.slab;

import kmemsh.view.LogEntry;

/** Hears of every request for an object that failed for want of pages. */
public interface ShortageLog {
  void noSlab(LogEntry.NoSlab shortage);
}
