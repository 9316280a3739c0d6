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
 * @param settings what had been written under /proc/sys/vm, null when that was nothing
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
    EventLog.State eventState) {}
