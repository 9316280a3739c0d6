package kmemsh.machine;

import kmemsh.mm.slab.ShortageLog;
import kmemsh.mm.slab.SlabLog;
import kmemsh.view.LogEntry;
import kmemsh.view.SlubReport;

/**
 * Puts what the object allocator reports into the kernel log.
 *
 * <p>The memory map is taken to begin where the range that boot reserved for it begins. Spec:
 * slab-allocators.md 3.14; mappings.md 3
 */
final class SlabReports implements SlabLog, ShortageLog {
  private static final int PG_SLAB = 1 << 9;
  private static final int PG_HEAD = 1 << 16;
  private static final int ZONE_SHIFT_I386 = 30;
  private static final int SECTION_SHIFT = 45;
  private static final int ZONE_SHIFT = 43;
  private static final int NODE_BITS = 2;
  private static final int PAGES_OF_SECTION_SHIFT = 15;

  private final Machine machine;

  SlabReports(Machine machine) {
    this.machine = machine;
  }

  @Override
  public void report(LogEntry entry) {
    machine.printk().say(entry);
  }

  @Override
  public void noSlab(LogEntry.NoSlab shortage) {
    if (machine.printk().mayTellShortage()) {
      machine.printk().say(shortage);
    }
  }

  @Override
  public SlubReport.Slab slab(int pfn, int order, int objects, int used, long fp) {
    Profile profile = machine.profile();
    int zone = machine.pages().zoneIndex(pfn);
    boolean head = order > 0;
    long flags = PG_SLAB | (head ? PG_HEAD : 0);
    StringBuilder names = new StringBuilder(head ? "slab|head|" : "slab|");
    if (profile.i386()) {
      flags |= (long) zone << ZONE_SHIFT_I386;
    } else {
      long section = pfn >>> PAGES_OF_SECTION_SHIFT;
      names.append("section=").append(section).append('|');
      int zoneShift = ZONE_SHIFT;
      if (profile.numa()) {
        long node = machine.nodeOf(pfn);
        names.append("node=").append(node).append('|');
        zoneShift -= NODE_BITS;
        flags |= node << ZONE_SHIFT;
      }
      flags |= section << SECTION_SHIFT | (long) zone << zoneShift;
    }
    names.append("zone=").append(zone);
    long page = MemoryMap.structPages(profile).address(pfn);
    return new SlubReport.Slab(page, objects, used, fp, flags, names.toString());
  }
}
