package kmemsh.replay;

import java.util.Arrays;
import java.util.List;
import kmemsh.capture.RecordedCheckpoint;
import kmemsh.view.Migratetype;
import kmemsh.view.PageState;

/** Finds the first difference between a checkpoint and the model. */
final class CheckpointCompare {
  private static final int NR_ORDERS = 11;
  private static final int NR_TYPES = Migratetype.NR_TYPES;
  private static final String[] ZONE_FIELDS = {
    "", "free", "boost", "flags", "highatomic", "hash of the pageblock types", "free_cma"
  };
  private static final String[] PCP_FIELDS = {
    "",
    "",
    "count",
    "high",
    "batch",
    "free_factor",
    "expire",
    "vdiff",
    "vthr",
    "cdiff",
    "hash of the lists"
  };

  private final PageMachine machine;
  private final int[] zones;
  private final String[] names;
  private final int nrCpus;
  private long compared;

  /** Row of each list in the present checkpoint + 1, by zone, order and migratetype. */
  private final int[] rows;

  /** {@code zones} are the ids of the machine's zones, {@code names} what they are called. */
  CheckpointCompare(PageMachine machine, int[] zones, String[] names, int nrCpus) {
    this.machine = machine;
    this.zones = zones;
    this.names = names;
    this.nrCpus = nrCpus;
    this.rows = new int[zones.length * NR_ORDERS * NR_TYPES];
  }

  /** For the zones of {@code empty}, the state of a machine. */
  static CheckpointCompare of(PageMachine machine, PageState empty, int nrCpus) {
    int[] ids = new int[empty.zones().size()];
    String[] names = new String[ids.length];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = empty.zones().get(i).id();
      names[i] = empty.zones().get(i).name();
    }
    return new CheckpointCompare(machine, ids, names, nrCpus);
  }

  long compared() {
    return compared;
  }

  /** The first difference, or null. */
  Mismatch compare(RecordedCheckpoint checkpoint) {
    Mismatch found = lists(checkpoint);
    for (int row = 0; row < checkpoint.nrPcps() && found == null; row++) {
      found = pcp(checkpoint, row);
    }
    for (int row = 0; row < checkpoint.nrZones() && found == null; row++) {
      found = zone(checkpoint, row);
    }
    return found;
  }

  private int position(long zone) {
    for (int i = 0; i < zones.length; i++) {
      if (zones[i] == zone) {
        return i;
      }
    }
    return -1;
  }

  private static Mismatch noZone(long zone) {
    return new Mismatch("zone " + zone, "a zone of this id", "no such zone", List.of());
  }

  private Mismatch zone(RecordedCheckpoint checkpoint, int row) {
    int zone = (int) checkpoint.zone(row, RecordedCheckpoint.Z_ZONE);
    int at = position(zone);
    if (at < 0) {
      return noZone(zone);
    }
    for (int field = RecordedCheckpoint.Z_FREE; field < ZONE_FIELDS.length; field++) {
      long expected = checkpoint.zone(row, field);
      long got = machine.zoneCounter(zone, field);
      compared++;
      if (expected != got) {
        String what = ZONE_FIELDS[field] + of(at);
        return field == RecordedCheckpoint.Z_BLOCK_HASH
            ? hashes(what, expected, got)
            : new Mismatch(what, expected, got);
      }
    }
    return null;
  }

  private Mismatch pcp(RecordedCheckpoint checkpoint, int row) {
    int zone = (int) checkpoint.pcp(row, RecordedCheckpoint.P_ZONE);
    int cpu = (int) checkpoint.pcp(row, RecordedCheckpoint.P_CPU);
    int at = position(zone);
    if (at < 0) {
      return noZone(zone);
    }
    if (cpu >= nrCpus) {
      return new Mismatch("cpu " + cpu, "a cpu of this number", "no such cpu", List.of());
    }
    for (int field = RecordedCheckpoint.P_COUNT; field < PCP_FIELDS.length; field++) {
      long expected = checkpoint.pcp(row, field);
      if (expected == RecordedCheckpoint.NOT_RECORDED && field == RecordedCheckpoint.P_CMA_DIFF) {
        continue;
      }
      long got = machine.pcpCounter(zone, cpu, field);
      compared++;
      if (expected != got) {
        String what = PCP_FIELDS[field] + " of cpu " + cpu + of(at);
        return field == RecordedCheckpoint.P_HASH
            ? hashes(what, expected, got)
            : new Mismatch(what, expected, got);
      }
    }
    return null;
  }

  private Mismatch lists(RecordedCheckpoint checkpoint) {
    Arrays.fill(rows, 0);
    for (int row = 0; row < checkpoint.nrLists(); row++) {
      long zone = checkpoint.list(row, RecordedCheckpoint.F_ZONE);
      int at = position(zone);
      if (at < 0) {
        return noZone(zone);
      }
      int order = (int) checkpoint.list(row, RecordedCheckpoint.F_ORDER);
      int mt = (int) checkpoint.list(row, RecordedCheckpoint.F_MIGRATETYPE);
      rows[(at * NR_ORDERS + order) * NR_TYPES + mt] = row + 1;
    }
    for (int i = 0; i < rows.length; i++) {
      Mismatch found = list(checkpoint, i, rows[i] - 1);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  private Mismatch list(RecordedCheckpoint checkpoint, int index, int row) {
    int mt = index % NR_TYPES;
    int order = index / NR_TYPES % NR_ORDERS;
    int at = index / NR_TYPES / NR_ORDERS;
    long count = row < 0 ? 0 : checkpoint.list(row, RecordedCheckpoint.F_COUNT);
    long hash = row < 0 ? 0 : checkpoint.list(row, RecordedCheckpoint.F_HASH);
    long gotCount = machine.freeListCount(zones[at], order, mt);
    long gotHash = gotCount == 0 ? 0 : machine.freeListHash(zones[at], order, mt);
    compared++;
    if (count == gotCount && hash == gotHash) {
      return null;
    }
    String what = "free list of order " + order + " " + Migratetype.name(mt) + of(at);
    return new Mismatch(
        what,
        count + " blocks with hash " + Long.toHexString(hash),
        gotCount + " blocks with hash " + Long.toHexString(gotHash),
        List.of());
  }

  private String of(int at) {
    return " of zone " + zones[at] + " (" + names[at] + ")";
  }

  private static Mismatch hashes(String what, long expected, long got) {
    return new Mismatch(what, Long.toHexString(expected), Long.toHexString(got), List.of());
  }
}
