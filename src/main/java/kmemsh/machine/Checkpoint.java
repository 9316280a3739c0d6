package kmemsh.machine;

import kmemsh.mm.page.FrameBytes;
import kmemsh.mm.page.PageMachine;

/**
 * A machine at one moment.
 *
 * @param pages the allocator that was in use; a reboot puts another one in its place
 * @param slab the object allocator that was in use, null where there was none
 * @param sleeping what stood for the object allocator, null where it was awake
 * @param bytes what was in memory, null where nobody had written anything
 * @param space page tables and vmalloc, null where nobody had asked for them
 * @param cpus what the CPUs were doing, null where nobody had asked
 * @param log what the kernel had said, null when that was nothing
 * @param settings what had been written under /proc/sys, null when that was nothing
 * @param bootFreePages free pages at the end of boot
 * @param events the buffer of ftrace, null where nobody had switched an event on
 */
public record Checkpoint(
    Profile profile,
    PageMachine pages,
    PageMachine.State pageState,
    Slabs slab,
    Slabs.State slabState,
    SleepingSlabs sleeping,
    FrameBytes bytes,
    FrameBytes.State bytesState,
    AddressSpace space,
    AddressSpace.State spaceState,
    CpuStates cpus,
    CpuStates.State cpusState,
    KernelLog log,
    VmSettings settings,
    long bootFreePages,
    EventLog events,
    EventLog.State eventState) {

  static Checkpoint of(Parts parts) {
    Slabs slab = parts.slab;
    FrameBytes bytes = parts.bytes;
    AddressSpace space = parts.space;
    CpuStates cpus = parts.cpus;
    EventLog events = parts.events;
    return new Checkpoint(
        parts.profile,
        parts.pages,
        parts.pages.checkpoint(),
        slab,
        slab == null ? null : slab.checkpoint(),
        parts.sleeping,
        bytes,
        bytes == null ? null : bytes.checkpoint(),
        space,
        space == null ? null : space.checkpoint(),
        cpus,
        cpus == null ? null : cpus.checkpoint(),
        parts.printk == null ? null : parts.printk.checkpoint(),
        parts.settings,
        parts.bootFreePages,
        events,
        events == null ? null : events.checkpoint());
  }

  /** Brings all parts back to this moment, which may be done again later. */
  void restore(Parts parts) {
    parts.profile = profile;
    parts.pages = pages;
    pages.restore(pageState);
    parts.slab = slab;
    parts.sleeping = sleeping;
    if (slab != null) {
      slab.restore(slabState);
    }
    parts.bytes = bytes;
    if (bytes != null) {
      bytes.restore(bytesState);
    }
    restoreMappings(parts);
    parts.contextChanged();
    parts.restorePrintk(log);
    parts.settings = settings;
    parts.bootFreePages = bootFreePages;
    parts.attachContents();
    parts.events = events;
    if (events != null) {
      events.restore(eventState);
    }
    parts.attachTrace();
  }

  private void restoreMappings(Parts parts) {
    parts.space = space;
    if (space != null) {
      space.restore(spaceState);
      space.setTrace(parts.trace);
    }
    parts.cpus = cpus;
    if (cpus != null) {
      cpus.usePageTables(space == null ? null : space.tables());
      cpus.restore(cpusState);
      cpus.setTrace(parts.trace);
    }
  }
}
