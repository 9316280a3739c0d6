package kmemsh.mm.vmalloc;

import kmemsh.base.IntColumn;
import kmemsh.mm.page.FrameBytes;
import kmemsh.mm.page.PageAllocator;
import kmemsh.trace.Trace;
import kmemsh.trace.VmallocStep;
import kmemsh.view.Gfp;

/**
 * The page tables of the kernel's part of the address space. They are in memory, in frames of their
 * own: reading such a frame shows its entries.
 *
 * <pre>
 *   i386      pgd[31:22]  pte[21:12]                          entries of 4 bytes
 *   PAE       pgd[31:30]  pmd[29:21]  pte[20:12]              of 8
 *   x86_64    pgd[47:39]  pud[38:30]  pmd[29:21]  pte[20:12]  of 8
 * </pre>
 *
 * <p>Tables that boot code made lie in the kernel image, where is the model's choice. A missing
 * table is taken from the page allocator when an address is first mapped, and is never given back.
 * Left out: permissions of the kernel's text and read-only data, copies in the page directories of
 * processes.
 *
 * <p>Spec: mappings.md 3, 4
 */
public final class PageTables {
  /** Mask of requests for tables: GFP_KERNEL|__GFP_ZERO. */
  public static final int TABLE_GFP = Gfp.GFP_KERNEL | Gfp.__GFP_ZERO;

  private static final int[] SHIFTS_I386 = {22, 12};
  private static final int[] SHIFTS_PAE = {30, 21, 12};
  private static final int[] SHIFTS_X86_64 = {39, 30, 21, 12};
  private static final int[] BITS_I386 = {10, 10};
  private static final int[] BITS_PAE = {2, 9, 9};
  private static final int[] BITS_X86_64 = {9, 9, 9, 9};
  private static final String[] NAMES_I386 = {"pgd", "pte"};
  private static final String[] NAMES_PAE = {"pgd", "pmd", "pte"};
  private static final String[] NAMES_X86_64 = {"pgd", "pud", "pmd", "pte"};
  private static final int PAGE_SHIFT = 12;
  private static final long NOWHERE = -1;

  /** Owner of a frame that holds a page table. */
  public static final int TABLE_FRAME = -1;

  private final FrameBytes bytes;
  private final PageAllocator pages;
  private final int[] shifts;
  private final int[] masks;
  private final String[] names;
  private final boolean wide;
  private final boolean pae;
  private final int last;
  private final IntColumn owners;
  private final int topPfn;
  private final long nx;

  /** Addresses above {@code lastTableShift} bits and the table that maps them. */
  private long cachedRegion = NOWHERE;

  private long cachedTable;
  private final int entryBytes;
  private final int cacheShift;
  private final int lastMask;
  private Trace trace = Trace.OFF;
  private boolean tracing;

  /**
   * Empty tables.
   *
   * @param owners of frames: {@link #TABLE_FRAME} for a table that was taken
   * @param topPfn frame of the top table
   */
  PageTables(
      AddressLayout layout, FrameBytes bytes, PageAllocator pages, IntColumn owners, int topPfn) {
    this.owners = owners;
    this.bytes = bytes;
    this.pages = pages;
    this.topPfn = topPfn;
    pae = layout.pae;
    wide = pae || !layout.i386;
    nx = wide ? Pte.NX : 0;
    entryBytes = wide ? Long.BYTES : Integer.BYTES;
    shifts = !layout.i386 ? SHIFTS_X86_64 : pae ? SHIFTS_PAE : SHIFTS_I386;
    names = !layout.i386 ? NAMES_X86_64 : pae ? NAMES_PAE : NAMES_I386;
    int[] bits = !layout.i386 ? BITS_X86_64 : pae ? BITS_PAE : BITS_I386;
    masks = new int[bits.length];
    for (int i = 0; i < bits.length; i++) {
      masks[i] = (1 << bits[i]) - 1;
    }
    last = shifts.length - 1;
    cacheShift = shifts[last - 1];
    lastMask = masks[last];
  }

  void setTrace(Trace trace) {
    this.trace = trace;
    tracing = trace != Trace.OFF;
  }

  public int nrLevels() {
    return shifts.length;
  }

  /** pgd, pud, pmd or pte. */
  public String levelName(int level) {
    return names[level];
  }

  /** Bytes that one entry of a level maps. */
  public long entryMaps(int level) {
    return 1L << shifts[level];
  }

  /** Entries of a table of a level. */
  public int nrEntries(int level) {
    return masks[level] + 1;
  }

  public int entryBytes() {
    return entryBytes;
  }

  public int topPfn() {
    return topPfn;
  }

  /** NX where entries have it, else 0. */
  public long nx() {
    return nx;
  }

  public int index(long virt, int level) {
    return (int) (virt >>> shifts[level]) & masks[level];
  }

  /** The entry {@code index} of the table in {@code pfn}. */
  public long read(int pfn, int index) {
    return get(((long) pfn << PAGE_SHIFT) + index * (long) entryBytes());
  }

  private long get(long phys) {
    return wide ? bytes.get64(phys) : bytes.get32(phys) & 0xffffffffL;
  }

  private void put(long phys, long entry) {
    if (wide) {
      bytes.set64(phys, entry);
    } else {
      bytes.set32(phys, (int) entry);
    }
  }

  private long entryPhys(long table, long virt, int level) {
    return table + (long) index(virt, level) * entryBytes();
  }

  // Mapping.

  /**
   * Maps the page at {@code virt} by {@code entry}, a frame's address and flags.
   *
   * @return false when there is no page for a missing table
   */
  public boolean set(long virt, long entry) {
    long table = virt >>> cacheShift == cachedRegion ? cachedTable : lowestTable(virt, true);
    if (table == 0) {
      return false;
    }
    int index = (int) (virt >>> PAGE_SHIFT) & lastMask;
    if (wide) {
      bytes.set64(table + index * 8L, entry);
    } else {
      bytes.set32(table + index * 4L, (int) entry);
    }
    return true;
  }

  /** Unmaps the page at {@code virt} and gives its entry as it was, 0 when there was none. */
  public long clear(long virt) {
    long table = virt >>> cacheShift == cachedRegion ? cachedTable : lowestTable(virt, false);
    if (table == 0) {
      return 0;
    }
    int index = (int) (virt >>> PAGE_SHIFT) & lastMask;
    long phys = table + (long) index * entryBytes;
    long entry = get(phys);
    if (entry != 0) {
      put(phys, 0);
    }
    return entry;
  }

  /**
   * Maps frames one behind the other, with one look for each table.
   *
   * @return false when there is no page for a missing table; those below it are mapped
   */
  boolean setAll(long start, int[] pfns, int nr, long flags) {
    int at = 0;
    while (at < nr) {
      long virt = start + ((long) at << PAGE_SHIFT);
      long table = virt >>> cacheShift == cachedRegion ? cachedTable : lowestTable(virt, true);
      if (table == 0) {
        return false;
      }
      int index = (int) (virt >>> PAGE_SHIFT) & lastMask;
      int end = Math.min(nr, at + lastMask + 1 - index);
      byte[] frame = bytes.frameToWrite((int) (table >>> PAGE_SHIFT));
      for (; at < end; at++) {
        putIn(frame, index++, (long) pfns[at] << PAGE_SHIFT | flags);
      }
    }
    return true;
  }

  /**
   * The lowest table that maps {@code nr} pages from {@code start} on, to be written until memory
   * is touched otherwise; null when there is none or not one for all of them.
   */
  byte[] tableToWrite(long start, int nr) {
    long last = start + ((long) (nr - 1) << PAGE_SHIFT);
    if ((start ^ last) >>> cacheShift != 0) {
      return null;
    }
    long table = start >>> cacheShift == cachedRegion ? cachedTable : lowestTable(start, false);
    return table == 0 ? null : bytes.frameToWrite((int) (table >>> PAGE_SHIFT));
  }

  int indexInTable(long virt) {
    return (int) (virt >>> PAGE_SHIFT) & lastMask;
  }

  long getIn(byte[] frame, int index) {
    return wide
        ? FrameBytes.long64(frame, index << 3)
        : FrameBytes.int32(frame, index << 2) & 0xffffffffL;
  }

  void putIn(byte[] frame, int index, long entry) {
    if (wide) {
      FrameBytes.setLong64(frame, index << 3, entry);
    } else {
      FrameBytes.setInt32(frame, index << 2, (int) entry);
    }
  }

  /**
   * Unmaps {@code nr} pages from {@code start} on.
   *
   * @param pfns where the frames that were behind them go
   * @return how many there were
   */
  int clearAll(long start, int nr, int[] pfns) {
    int found = 0;
    int at = 0;
    while (at < nr) {
      long virt = start + ((long) at << PAGE_SHIFT);
      long table = virt >>> cacheShift == cachedRegion ? cachedTable : lowestTable(virt, false);
      int index = (int) (virt >>> PAGE_SHIFT) & lastMask;
      int end = Math.min(nr, at + lastMask + 1 - index);
      if (table != 0) {
        found = clearIn((int) (table >>> PAGE_SHIFT), index, end - at, pfns, found);
      }
      at = end;
    }
    return found;
  }

  /** Clears entries of one table; their frames go behind the first {@code found}. */
  private int clearIn(int table, int first, int nr, int[] pfns, int found) {
    byte[] frame = bytes.frameToWrite(table);
    int end = found;
    for (int index = first; index < first + nr; index++) {
      long entry = getIn(frame, index);
      if (entry != 0) {
        putIn(frame, index, 0);
        pfns[end++] = (int) (Pte.phys(entry) >>> PAGE_SHIFT);
      }
    }
    return end;
  }

  /**
   * Maps a large page by an entry of {@code level}.
   *
   * @return false when there is a lower table already, or no page for a missing one
   */
  public boolean setLarge(long virt, int level, long entry) {
    long table = tableAt(virt, level, true);
    long phys = table == 0 ? 0 : entryPhys(table, virt, level);
    if (table == 0 || get(phys) != 0) {
      return false;
    }
    put(phys, entry);
    return true;
  }

  /** Unmaps whatever is at {@code virt}; gives the bytes up to where the next entry begins. */
  public long clearAny(long virt) {
    long table = (long) topPfn << PAGE_SHIFT;
    for (int level = 0; ; level++) {
      long phys = entryPhys(table, virt, level);
      long entry = get(phys);
      boolean lower = level < last && entry != 0 && (entry & Pte.PSE) == 0;
      if (!lower) {
        if (entry != 0) {
          put(phys, 0);
        }
        long size = entryMaps(level);
        return size - (virt & (size - 1));
      }
      table = Pte.phys(entry);
    }
  }

  /** The table of the lowest level for {@code virt}, made if wanted; 0 when there is none. */
  private long lowestTable(long virt, boolean make) {
    long table = tableAt(virt, last, make);
    if (table != 0) {
      cachedRegion = virt >>> cacheShift;
      cachedTable = table;
    }
    return table;
  }

  private long tableAt(long virt, int wanted, boolean make) {
    long table = (long) topPfn << PAGE_SHIFT;
    for (int level = 0; level < wanted; level++) {
      long phys = entryPhys(table, virt, level);
      long entry = get(phys);
      if (entry == 0 && make) {
        entry = newTable(virt, level, phys);
      }
      if (entry == 0 || (entry & Pte.PSE) != 0) {
        return 0;
      }
      table = Pte.phys(entry);
    }
    return table;
  }

  private long newTable(long virt, int level, long phys) {
    int pfn = pages.allocPages(TABLE_GFP, 0);
    if (pfn == PageAllocator.NO_PFN) {
      return 0;
    }
    bytes.zeroFrame(pfn);
    owners.set(pfn, TABLE_FRAME);
    if (tracing) {
      trace.vmallocStep(VmallocStep.TABLE, virt, pfn);
    }
    long entry = (long) pfn << PAGE_SHIFT | tableFlags(level);
    put(phys, entry);
    return entry;
  }

  private long tableFlags(int level) {
    return pae && level == 0 ? Pte.PAE_TOP : Pte.TABLE;
  }

  /** Forgets what it remembers of the tables, whose bytes were replaced. */
  public void restored() {
    cachedRegion = NOWHERE;
  }

  // Boot.

  /** Hangs the table in {@code pfn} where the table of {@code level} for {@code virt} belongs. */
  void hang(long virt, int level, int pfn) {
    long table = tableAt(virt, level - 1, false);
    long entry = (long) pfn << PAGE_SHIFT | tableFlags(level - 1);
    put(entryPhys(table, virt, level - 1), entry);
  }

  /** Whether the table of {@code level} for {@code virt} is there. */
  boolean has(long virt, int level) {
    return tableAt(virt, level, false) != 0;
  }

  /**
   * Maps {@code nr} pages of the size of {@code level}'s entries, which follow each other from the
   * one of {@code first} on; their table is there.
   */
  void setRun(long virt, int level, int nr, long first) {
    long phys = entryPhys(tableAt(virt, level, false), virt, level);
    long size = entryMaps(level);
    long entry = first;
    for (int i = 0; i < nr; i++) {
      put(phys, entry);
      phys += entryBytes;
      entry += size;
    }
  }

  // Looking.

  /** Walks the tables for {@code virt}, as the CPU does. */
  public void walk(long virt, Walk out) {
    long table = (long) topPfn << PAGE_SHIFT;
    out.present = false;
    for (int level = 0; ; level++) {
      long phys = table + (long) index(virt, level) * entryBytes();
      long entry = get(phys);
      out.entryPhys[level] = phys;
      out.entry[level] = entry;
      out.nrLevels = level + 1;
      if ((entry & Pte.P) == 0) {
        return;
      }
      boolean large = level < last && (entry & Pte.PSE) != 0;
      if (level == last || large) {
        long inPage = (1L << shifts[level]) - 1;
        out.present = true;
        out.pageBytes = inPage + 1;
        out.phys = (Pte.phys(entry) & ~inPage) + (virt & inPage);
        return;
      }
      table = Pte.phys(entry);
    }
  }

  /** The frame behind {@code virt}, or -1. */
  public int pfn(long virt) {
    long table = (long) topPfn << PAGE_SHIFT;
    for (int level = 0; ; level++) {
      long entry = get(table + (long) index(virt, level) * entryBytes());
      if ((entry & Pte.P) == 0) {
        return -1;
      }
      if (level == last || (entry & Pte.PSE) != 0) {
        long inPage = (1L << shifts[level]) - 1;
        return (int) (((Pte.phys(entry) & ~inPage) + (virt & inPage)) >>> PAGE_SHIFT);
      }
      table = Pte.phys(entry);
    }
  }
}
