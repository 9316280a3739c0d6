package kmemsh.replay;

import kmemsh.capture.RecordedCheckpoint;
import kmemsh.capture.RecordedMachine;
import kmemsh.machine.Compactor;
import kmemsh.machine.Machine;
import kmemsh.machine.Slabs;
import kmemsh.view.Migratetype;
import kmemsh.view.PageState;

/** A kmemsh machine as a replay sees it. */
final class ModelMachine implements PageMachine {
  private final boolean[] interleaves;
  private final int nrTypes;
  private Machine machine;

  ModelMachine(Machine machine) {
    this.machine = machine;
    this.interleaves = new boolean[machine.profile().nrCpus()];
    this.nrTypes =
        machine.profile().cma() ? Migratetype.NR_TYPES : Migratetype.MIGRATE_HIGHATOMIC + 1;
  }

  @Override
  public PageState pageState() {
    return machine.pages().pageState();
  }

  @Override
  public void handOver() {
    machine.handOver();
  }

  @Override
  public void load(PageState state) {
    // A state says nothing of tasks: they go on from the nodes they used last.
    int[] nids = new int[interleaves.length];
    for (int cpu = 0; cpu < nids.length; cpu++) {
      nids[cpu] = machine.pages().interleaveNode(cpu);
    }
    if (!machine.loadAgain(state)) {
      machine = Machine.loaded(machine.profile(), state);
    }
    for (int cpu = 0; cpu < nids.length; cpu++) {
      machine.pages().setInterleave(cpu, interleaves[cpu], nids[cpu]);
    }
  }

  @Override
  public void setCpu(int cpu) {
    machine.pages().setCpu(cpu);
  }

  @Override
  public void setInterleave(int cpu, int nid) {
    boolean on = nid != InterleaveSearch.DEFAULT;
    interleaves[cpu] = on;
    machine.pages().setInterleave(cpu, on, on ? nid : 0);
  }

  @Override
  public Slabs slabs(RecordedMachine recorded) {
    return Slabs.of(machine.profile(), RecordedSlabs.options(recorded), machine.pages());
  }

  @Override
  public void attach(Slabs slabs) {
    slabs.usePages(machine.pages());
  }

  @Override
  public Compactor compactor() {
    return Compactor.of(machine);
  }

  @Override
  public int allocPages(int gfpMask, int order) {
    return machine.pages().allocator().allocPages(gfpMask, order);
  }

  @Override
  public void freePages(int pfn, int order) {
    machine.pages().allocator().freePages(pfn, order);
  }

  @Override
  public int allocPagesExact(long bytes, int gfpMask) {
    return machine.pages().allocator().allocPagesExact(bytes, gfpMask);
  }

  @Override
  public void freePagesExact(int pfn, long bytes) {
    machine.pages().allocator().freePagesExact(pfn, bytes);
  }

  @Override
  public void splitPage(int pfn, int order) {
    machine.pages().allocator().splitPage(pfn, order);
  }

  @Override
  public int allocPagesBulk(int gfpMask, int wanted, int[] out) {
    return machine.pages().allocator().allocPagesBulk(gfpMask, wanted, out);
  }

  @Override
  public void freeUnrefPageList(int[] pfns, int nr) {
    machine.pages().allocator().freeUnrefPageList(pfns, nr);
  }

  @Override
  public long zoneCounter(int zone, int field) {
    return switch (field) {
      case RecordedCheckpoint.Z_FREE -> machine.pages().nrFreePages(zone);
      case RecordedCheckpoint.Z_BOOST -> machine.pages().watermarkBoost(zone);
      case RecordedCheckpoint.Z_FLAGS -> machine.pages().zoneFlags(zone);
      case RecordedCheckpoint.Z_HIGHATOMIC -> machine.pages().nrReservedHighatomic(zone);
      case RecordedCheckpoint.Z_BLOCK_HASH -> machine.pages().fingerprints().pageblockHash(zone);
      case RecordedCheckpoint.Z_FREE_CMA -> machine.pages().nrFreeCmaPages(zone);
      default -> throw new IllegalArgumentException("a checkpoint has no zone field " + field);
    };
  }

  @Override
  public long pcpCounter(int zone, int cpu, int field) {
    if (field == RecordedCheckpoint.P_HASH) {
      return machine.pages().fingerprints().pcpHash(zone, cpu);
    }
    return machine.pages().fingerprints().pcpFields(zone, cpu)[field - RecordedCheckpoint.P_COUNT];
  }

  @Override
  public int freeListCount(int zone, int order, int migratetype) {
    return migratetype < nrTypes
        ? machine.pages().fingerprints().freeListCount(zone, order, migratetype)
        : 0;
  }

  @Override
  public long freeListHash(int zone, int order, int migratetype) {
    return migratetype < nrTypes
        ? machine.pages().fingerprints().freeListHash(zone, order, migratetype)
        : 0;
  }
}
