package kmemsh.capture;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import kmemsh.view.PageState;

/** Reads the page set of one CPU in a STATE record: the PCP line, then its lists. */
final class PcpReader {
  private final long[] fields = new long[RecordedCheckpoint.PCP_FIELDS];
  private final List<PageState.FreeList> lists = new ArrayList<>();
  private int[] strays = new int[8];
  private int nrStrays;
  private boolean hasCmaDiff;

  /** Reads a PCP line from behind the zone id. */
  PcpReader(RecordingInput in) throws BadRecording {
    in.blank();
    fields[RecordedCheckpoint.P_CPU] = in.number(StateReader.MAX_CPUS);
    while (!in.atLineEnd()) {
      in.blank();
      int field = PcpKeys.field(in, in.key());
      hasCmaDiff |= field == RecordedCheckpoint.P_CMA_DIFF;
      fields[field] = PcpKeys.value(in, field);
    }
    in.endLine();
  }

  int cpu() {
    return (int) fields[RecordedCheckpoint.P_CPU];
  }

  boolean hasCmaDiff() {
    return hasCmaDiff;
  }

  void addList(PageState.FreeList list) {
    lists.add(list);
  }

  void addStray(int pfn, int migratetype) {
    if (nrStrays == strays.length) {
      strays = Arrays.copyOf(strays, nrStrays * 2);
    }
    strays[nrStrays++] = pfn;
    strays[nrStrays++] = migratetype;
  }

  private int field(int index) {
    return (int) fields[index];
  }

  PageState.Pcp finish() {
    return new PageState.Pcp(
        cpu(),
        field(RecordedCheckpoint.P_COUNT),
        field(RecordedCheckpoint.P_HIGH),
        field(RecordedCheckpoint.P_BATCH),
        field(RecordedCheckpoint.P_FREE_FACTOR),
        field(RecordedCheckpoint.P_EXPIRE),
        field(RecordedCheckpoint.P_VDIFF),
        field(RecordedCheckpoint.P_VTHRESHOLD),
        field(RecordedCheckpoint.P_CMA_DIFF),
        lists,
        Arrays.copyOf(strays, nrStrays));
  }
}
