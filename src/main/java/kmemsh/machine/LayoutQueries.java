package kmemsh.machine;

import java.util.ArrayList;
import java.util.List;
import kmemsh.base.RangeTree;
import kmemsh.mm.vmalloc.AddressLayout;
import kmemsh.mm.vmalloc.Vmalloc;
import kmemsh.view.Addr;
import kmemsh.view.LayoutInfo;
import kmemsh.view.OldLayout;

/** The regions of the address space. Reads only. Spec: mappings.md 1.6, 2 */
public final class LayoutQueries {
  private static final long NOT_COUNTED = -1;
  private static final long MIB = 1L << 20;
  private static final int SECTION_SHIFT = 27;

  private final Machine machine;
  private final AddressLayout layout;
  private final List<LayoutInfo.Region> regions = new ArrayList<>();

  public LayoutQueries(Machine machine) {
    this.machine = machine;
    layout = machine.space().layout();
    if (layout.i386) {
      i386();
    } else {
      x8664();
    }
  }

  /** All regions and the options that move them. */
  public LayoutInfo layout() {
    Profile profile = machine.profile();
    String options = "";
    if (layout.i386) {
      String split = profile.address().split();
      long kernel = 4096 - (layout.pageOffset >>> 20);
      options = split + " split: the kernel has " + kernel + " MiB";
      options += layout.pae ? ", PAE" : "";
      options += ", NR_CPUS " + Layouts.kernelCpus(profile);
    }
    return new LayoutInfo(profile.arch(), options, regions);
  }

  /** What kernels before 5.7 printed at boot, i386 only. Spec: mappings.md 1.4 */
  public OldLayout oldText() {
    long pkmapEnd = layout.pkmapBase + layout.lastPkmap * AddressLayout.PAGE_BYTES;
    return new OldLayout(
        layout.pkmapBase != 0,
        new Addr(layout.fixaddrStart),
        new Addr(layout.fixaddrTop),
        new Addr(layout.pkmapBase),
        new Addr(pkmapEnd),
        new Addr(layout.vmallocStart),
        new Addr(layout.vmallocEnd),
        new Addr(layout.pageOffset),
        new Addr(layout.highMemory));
  }

  /** The name of the region of {@code virt}. */
  public String region(long virt) {
    for (LayoutInfo.Region region : regions) {
      boolean behind = Long.compareUnsigned(virt, region.end().value()) > 0;
      if (!behind && Long.compareUnsigned(virt, region.start().value()) >= 0) {
        return region.name();
      }
    }
    return layout.i386 && virt >>> 32 != 0 ? "no address of this machine" : "unused";
  }

  private void add(String name, long start, long end, long used, String note) {
    if (start != end) {
      regions.add(new LayoutInfo.Region(name, new Addr(start), new Addr(end - 1), used, note));
    }
  }

  private void add(String name, long start, long end, String note) {
    add(name, start, end, NOT_COUNTED, note);
  }

  private long vmallocUsed() {
    Vmalloc vmalloc = machine.space().map().vmalloc();
    long bytes = 0;
    if (vmalloc != null) {
      RangeTree busy = vmalloc.areas().busyTree();
      for (int area = busy.first(); area != RangeTree.NIL; area = busy.next(area)) {
        bytes += busy.length(area);
      }
    }
    return bytes;
  }

  private void i386() {
    add("user", 0, layout.pageOffset, "processes");
    add(
        "linear map",
        layout.pageOffset,
        layout.highMemory,
        lowmemBytes(),
        "low memory, one to one");
    add("hole", layout.highMemory, layout.vmallocStart, "catches accesses behind low memory");
    add("vmalloc", layout.vmallocStart, layout.vmallocEnd, vmallocUsed(), "vmalloc, vmap, ioremap");
    long next = layout.pkmapBase == 0 ? layout.ldtBase : layout.pkmapBase;
    add("guard", layout.vmallocEnd, next, "two pages");
    if (layout.pkmapBase != 0) {
      long end = layout.pkmapBase + layout.lastPkmap * AddressLayout.PAGE_BYTES;
      add("pkmap", layout.pkmapBase, end, mapped(layout.pkmapBase, end), "kmap of HighMem pages");
      add("unused", end, layout.ldtBase, "");
    }
    add("LDT", layout.ldtBase, layout.ldtBase + layout.pmdBytes, "LDT remap");
    add("unused", layout.ldtBase + layout.pmdBytes, layout.cpuEntryBase, "");
    add("CPU entry", layout.cpuEntryBase, layout.cpuEntryEnd, "entry code and stacks of each CPU");
    add("unused", layout.cpuEntryEnd, layout.fixaddrTotStart, "");
    add("boot fixmap", layout.fixaddrTotStart, layout.fixaddrStart, "maps used while booting");
    long used = mapped(layout.fixaddrStart, layout.fixaddrTop);
    add("fixmap", layout.fixaddrStart, layout.fixaddrTop, used, "kmap_local and fixed addresses");
    add("last page", layout.fixaddrTop, 1L << 32, "never mapped");
  }

  /** Bytes that the linear map shows: RAM below its end and the first MiB, no holes. */
  private long lowmemBytes() {
    long end = (long) machine.profile().endOfLowmem() << 12;
    long bytes = MIB;
    for (long[] range : machine.profile().ram()) {
      bytes += Math.max(0, Math.min(range[1], end) - Math.max(range[0], MIB));
    }
    return bytes;
  }

  /** Bytes of struct pages: whole sections of 128 MiB that have RAM. */
  private long structBytes() {
    long sections = 0;
    long next = 0;
    for (long[] range : machine.profile().ram()) {
      long first = Math.max(next, range[0] >>> SECTION_SHIFT);
      next = Math.max(next, (range[1] - 1 >>> SECTION_SHIFT) + 1);
      sections += Math.max(0, next - first);
    }
    return (sections << SECTION_SHIFT - 12) * machine.profile().sizeofPage();
  }

  /** Bytes of [start, end) that the page tables map. */
  private long mapped(long start, long end) {
    long bytes = 0;
    for (long virt = start; virt != end; virt += AddressLayout.PAGE_BYTES) {
      bytes += machine.space().pfnOf(virt) >= 0 ? AddressLayout.PAGE_BYTES : 0;
    }
    return bytes;
  }

  private void x8664() {
    long linearEnd = 0xffffc88000000000L;
    add("user", 0, 0x800000000000L, "processes");
    add("non-canonical", 0x800000000000L, 0xffff800000000000L, "no addresses: the CPU faults");
    add("guard hole", 0xffff800000000000L, layout.ldtBase, "reserved for a hypervisor");
    add("LDT", layout.ldtBase, layout.pageOffset, "LDT remap");
    add("linear map", layout.pageOffset, linearEnd, lowmemBytes(), "all memory, one to one");
    add("unused", linearEnd, layout.vmallocStart, "");
    add(
        "vmalloc",
        layout.vmallocStart,
        layout.vmallocEnd + 1,
        vmallocUsed(),
        "vmalloc, vmap, ioremap");
    add("unused", layout.vmallocEnd + 1, 0xffffea0000000000L, "");
    add("vmemmap", 0xffffea0000000000L, 0xffffeb0000000000L, structBytes(), "struct page array");
    add("unused", 0xffffeb0000000000L, 0xffffec0000000000L, "");
    add("KASAN shadow", 0xffffec0000000000L, 0xfffffc0000000000L, "only with KASAN");
    add("unused", 0xfffffc0000000000L, layout.cpuEntryBase, "");
    add("CPU entry", layout.cpuEntryBase, layout.cpuEntryEnd, "entry code and stacks of each CPU");
    add("unused", layout.cpuEntryEnd, 0xffffff0000000000L, "");
    add("ESP fixup", 0xffffff0000000000L, 0xffffff8000000000L, "stacks for returns to 16 bits");
    add("unused", 0xffffff8000000000L, 0xffffffef00000000L, "");
    add("EFI", 0xffffffef00000000L, 0xffffffff00000000L, "EFI runtime services");
    add("unused", 0xffffffff00000000L, 0xffffffff80000000L, "");
    add("kernel image", 0xffffffff80000000L, 0xffffffffa0000000L, "text and data");
    add("modules", 0xffffffffa0000000L, 0xffffffffff000000L, "loaded modules");
    add("unused", 0xffffffffff000000L, layout.fixaddrStart, "");
    add("fixmap", layout.fixaddrStart, layout.fixaddrTop, "fixed addresses");
    add("unused", layout.fixaddrTop, 0, "");
  }
}
