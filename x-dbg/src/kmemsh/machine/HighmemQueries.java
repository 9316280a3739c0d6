package kmemsh.machine;

import java.util.ArrayList;
import java.util.List;
import kmemsh.mm.highmem.HighmemConfig;
import kmemsh.view.Addr;
import kmemsh.view.ContextInfo;
import kmemsh.view.FixmapInfo;
import kmemsh.view.Kmapped;
import kmemsh.view.PageInfo;
import kmemsh.view.PkmapInfo;

/** Snapshots of the windows to HighMem and of contexts. Reads only. */
public final class HighmemQueries {
  private static final int FIRST_SLOTS = 3;
  private static final int APIC_END = 4;
  private static final int IO_APIC_END = 68;

  private final Machine machine;
  private final Highmem highmem;
  private final HighmemConfig config;

  public HighmemQueries(Machine machine) {
    this.machine = machine;
    Highmem made = machine.highmem();
    highmem = made == null ? Highmem.of(machine.profile()) : made;
    config = highmem.config();
  }

  /** The persistent window. */
  public PkmapInfo pkmap(boolean all) {
    int nrSlots = config.lastPkmap();
    int[] counts = new int[nrSlots];
    List<PkmapInfo.Slot> slots = new ArrayList<>();
    for (int slot = 0; slot < nrSlots; slot++) {
      counts[slot] = highmem.pkmap().count(slot);
      if (counts[slot] > 0) {
        Addr virt = new Addr(config.pkmapAddress(slot));
        slots.add(new PkmapInfo.Slot(slot, virt, counts[slot], highmem.pkmap().pfn(slot)));
      }
    }
    Addr base = nrSlots == 0 ? null : new Addr(config.pkmapBase());
    return new PkmapInfo(base, nrSlots, highmem.pkmap().last(), counts, slots, all);
  }

  /** The fixmap. */
  public FixmapInfo fixmap() {
    List<FixmapInfo.Range> ranges = new ArrayList<>();
    List<FixmapInfo.Local> maps = new ArrayList<>();
    int max = config.kmMaxIdx();
    if (max > 0) {
      ranges.add(range(0, 0, "hole, never mapped"));
      ranges.add(range(1, 1, "debug port"));
      ranges.add(range(2, 2, "early console"));
      if (config.kmapBegin() > FIRST_SLOTS) {
        int apic = config.kmapBegin() > IO_APIC_END ? FIRST_SLOTS + 1 : FIRST_SLOTS;
        if (apic > FIRST_SLOTS) {
          ranges.add(range(FIRST_SLOTS, FIRST_SLOTS, "OHCI1394"));
        }
        ranges.add(range(apic, apic, "local APIC"));
        ranges.add(range(apic + 1, apic + IO_APIC_END - APIC_END, "IO-APICs"));
      }
      for (int cpu = 0; cpu < config.nrCpus(); cpu++) {
        int first = config.kmapBegin() + cpu * max;
        ranges.add(range(first, first + max - 1, "local maps, cpu " + cpu));
      }
    }
    for (int index = 0; index < max * config.nrCpus(); index++) {
      if (highmem.locals().pfn(index) >= 0) {
        maps.add(local(index));
      }
    }
    return new FixmapInfo(ranges, maps, Math.max(0, max - 1));
  }

  private FixmapInfo.Range range(int first, int last, String use) {
    return new FixmapInfo.Range(first, last, slotAddress(first), slotAddress(last), use);
  }

  private Addr slotAddress(int slot) {
    return new Addr(config.localAddress(slot - config.kmapBegin()));
  }

  private FixmapInfo.Local local(int index) {
    int max = config.kmMaxIdx();
    return new FixmapInfo.Local(
        index / max,
        index % max,
        config.kmapBegin() + index,
        new Addr(config.localAddress(index)),
        highmem.locals().pfn(index),
        highmem.locals().isAtomic(index) ? "kmap_atomic" : "kmap_local_page");
  }

  /** What the present CPU is doing. */
  public ContextInfo context() {
    int cpu = machine.pages().cpu();
    CpuStates cpus = machine.cpus();
    int set = cpus.contextSet(cpu);
    int context = cpus.context(cpu);
    boolean sleeps = context == ContextRules.PROCESS;
    String mask = sleeps ? "GFP_KERNEL" : "GFP_ATOMIC";
    return new ContextInfo(
        cpu,
        ContextRules.name(context),
        ContextRules.inTask(set),
        ContextRules.inInterrupt(set),
        ContextRules.irqsDisabled(set),
        cpus.preemptCount(cpu),
        cpus.mapsHeld(cpu),
        sleeps,
        context == ContextRules.NMI ? "" : mask);
  }

  /** What became of a page by {@code call}: an address, {@code virt}, that it has or had. */
  public Kmapped mapped(String call, long virt, int pfn) {
    int index = config.localIndex(virt);
    int preempt =
        call.endsWith("_atomic") ? machine.cpus().preemptCount(machine.pages().cpu()) : -1;
    Addr addr = virt == 0 ? null : new Addr(virt);
    String zone = pfn < 0 ? "" : machine.zoneName(pfn);
    if (index >= 0) {
      int max = config.kmMaxIdx();
      int slot = config.kmapBegin() + index;
      return new Kmapped(
          call, addr, pfn, zone, "fixmap", slot, 0, index / max, index % max, preempt);
    }
    int slot = config.pkmapSlot(virt);
    if (slot >= 0) {
      int users = highmem.pkmap().count(slot) - 1;
      return new Kmapped(call, addr, pfn, zone, "pkmap", slot, users, -1, -1, preempt);
    }
    return new Kmapped(call, addr, pfn, zone, "linear map", -1, 0, -1, -1, preempt);
  }

  /** The address of a page in the persistent window or, if it has none, in the linear map; or 0. */
  public long pageAddress(int pfn) {
    return highmem.isHighmem(pfn) ? highmem.pageAddress(pfn) : machine.addressOf(pfn);
  }

  /** The frame behind an address of either window, or -1. */
  public int pfnAt(long virt) {
    return highmem.pfnAt(virt);
  }

  /** Where in the windows an address lies, empty when in none. */
  public String region(long virt) {
    int slot = config.pkmapSlot(virt);
    if (slot >= 0) {
      int count = highmem.pkmap().count(slot);
      String users = count < 2 ? "no user" : count == 2 ? "1 user" : count - 1 + " users";
      return "kmap window, slot " + slot + (count == 0 ? ", empty" : ", " + users);
    }
    int index = config.localIndex(virt);
    if (index < 0) {
      return "";
    }
    int max = config.kmMaxIdx();
    boolean empty = highmem.locals().pfn(index) < 0;
    return "fixmap slot "
        + (config.kmapBegin() + index)
        + ", level "
        + index % max
        + " of cpu "
        + index / max
        + (empty ? ", empty" : ", " + local(index).call());
  }

  /** {@code page} with the addresses that its frame has in the windows. */
  public PageInfo withWindows(PageInfo page) {
    int pfn = page.frame().pfn();
    if (!highmem.isHighmem(pfn) || pfn >= config.endPfn()) {
      return page;
    }
    List<String> mappedAt = new ArrayList<>();
    long virt = highmem.pageAddress(pfn);
    if (virt != 0) {
      mappedAt.add("0x" + Long.toHexString(virt) + ": " + region(virt));
    }
    for (int index = 0; index < config.kmMaxIdx() * config.nrCpus(); index++) {
      if (highmem.locals().pfn(index) == pfn) {
        long local = config.localAddress(index);
        mappedAt.add("0x" + Long.toHexString(local) + ": " + region(local));
      }
    }
    return page.mappedAt(virt == 0 ? null : new Addr(virt), mappedAt);
  }
}
