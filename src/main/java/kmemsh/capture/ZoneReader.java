package kmemsh.capture;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import kmemsh.view.Migratetype;
import kmemsh.view.PageState;

/** Reads one zone of a STATE record: the ZONE line and those that belong to it. */
final class ZoneReader {
  private static final int MAX_WORD = 64;
  private static final int NODE = RecordingInput.keyOf("node");
  private static final int NAME = RecordingInput.keyOf("name");
  private static final int START = RecordingInput.keyOf("start");
  private static final int SPANNED = RecordingInput.keyOf("spanned");
  private static final int LOWMEM_RESERVE = RecordingInput.keyOf("lowmem_reserve");
  private static final int FLAGS = RecordingInput.keyOf("flags");

  /** The other numbers of a ZONE line; the index is that of {@link #values}. */
  private static final int[] VALUE_KEYS = {
    RecordingInput.keyOf("present"),
    RecordingInput.keyOf("managed"),
    RecordingInput.keyOf("min"),
    RecordingInput.keyOf("low"),
    RecordingInput.keyOf("high"),
    RecordingInput.keyOf("promo"),
    RecordingInput.keyOf("boost"),
    RecordingInput.keyOf("highatomic"),
    RecordingInput.keyOf("free"),
    RecordingInput.keyOf("free_cma"),
    RecordingInput.keyOf("drift_mark"),
    RecordingInput.keyOf("cma"),
    RecordingInput.keyOf("pset_high"),
    RecordingInput.keyOf("pset_batch"),
  };

  private static final int PRESENT = 0;
  private static final int MANAGED = 1;
  private static final int MIN = 2;
  private static final int BOOST = 6;
  private static final int HIGHATOMIC = 7;
  private static final int FREE = 8;
  private static final int FREE_CMA = 9;
  private static final int DRIFT_MARK = 10;
  private static final int CMA = 11;

  private final RecordingInput in;
  private final StateReader.Kernel kernel;
  private final long[] values = new long[VALUE_KEYS.length];
  private final int id;
  private int nid;
  private String name = "";
  private int start;
  private int spanned;
  private int flags;
  private long[] lowmemReserve = new long[0];
  private final List<PageState.FreeList> freeLists = new ArrayList<>();
  private final List<PcpReader> pcps = new ArrayList<>();
  private int[] pageblocks = new int[0];
  private int[] lruPfns = new int[0];

  /** Pages that lists may still hold: no zone lists more than it spans. */
  private int room;

  /** Reads the ZONE line, from behind its first blank. */
  ZoneReader(RecordingInput in, StateReader.Kernel kernel) throws BadRecording {
    this.in = in;
    this.kernel = kernel;
    id = in.number(StateReader.MAX_ZONES);
    while (!in.atLineEnd()) {
      in.blank();
      readField(in.key());
    }
    if (start + (long) spanned > StateReader.MAX_PFN) {
      throw in.bad(spanned + " pages from " + start + " go beyond pfn " + StateReader.MAX_PFN);
    }
    in.endLine();
    room = spanned;
  }

  private void readField(int key) throws BadRecording {
    if (key == NODE) {
      nid = in.number(StateReader.MAX_ZONES);
    } else if (key == NAME) {
      name = in.word(MAX_WORD);
    } else if (key == START) {
      start = in.number(StateReader.MAX_PFN);
    } else if (key == SPANNED) {
      spanned = in.number(StateReader.MAX_PFN);
    } else if (key == LOWMEM_RESERVE) {
      readLowmemReserve();
    } else if (key == FLAGS) {
      flags = in.mask();
    } else {
      int index = valueIndex(key);
      // With several CPUs these can be below 0: the differences the CPUs hold are not in them.
      boolean counter = index == FREE || index == FREE_CMA;
      values[index] =
          counter ? in.signed(StateReader.MAX_COUNT) : in.decimal(StateReader.MAX_COUNT);
    }
  }

  private int valueIndex(int key) throws BadRecording {
    for (int i = 0; i < VALUE_KEYS.length; i++) {
      if (VALUE_KEYS[i] == key) {
        return i;
      }
    }
    throw in.bad("zone " + id + " has a key that a ZONE line does not have");
  }

  private void readLowmemReserve() throws BadRecording {
    long[] reserve = new long[16];
    int nr = 0;
    reserve[nr++] = in.decimal(StateReader.MAX_COUNT);
    while (in.peek() == ',' && nr < reserve.length) {
      in.expect(',');
      reserve[nr++] = in.decimal(StateReader.MAX_COUNT);
    }
    lowmemReserve = Arrays.copyOf(reserve, nr);
  }

  /** Reads the zone id that every other line of a zone begins with. */
  private void zoneId() throws BadRecording {
    in.blank();
    int given = in.number(StateReader.MAX_ZONES);
    if (given != id) {
      throw in.bad("zone " + given + " stands among the lines of zone " + id);
    }
  }

  void readFree() throws BadRecording {
    zoneId();
    in.blank();
    int order = in.number(StateReader.NR_ORDERS - 1);
    in.blank();
    int migratetype = kernel.migratetype(in.number(Migratetype.NR_TYPES - 1));
    in.blank();
    int count = in.number(StateReader.MAX_PFN);
    int[] pfns = pfns(order);
    if (pfns.length != count) {
      throw in.bad(count + " blocks were announced, " + pfns.length + " are listed");
    }
    freeLists.add(new PageState.FreeList(order, migratetype, pfns));
  }

  /** Reads {@code " : <runs>"} of blocks of this zone. */
  private int[] pfns(int order) throws BadRecording {
    in.blank();
    in.expect(':');
    in.runs(start, Math.max(start, start + spanned - 1), room >>> order);
    room -= in.listSize() << order;
    return in.copyOfList();
  }

  void readPcp() throws BadRecording {
    zoneId();
    PcpReader pcp = new PcpReader(in);
    if (!pcps.isEmpty() && pcps.get(pcps.size() - 1).cpu() >= pcp.cpu()) {
      throw in.bad("cpu " + pcp.cpu() + " of zone " + id + " comes out of order or twice");
    }
    pcps.add(pcp);
  }

  private PcpReader pcpOfLine() throws BadRecording {
    zoneId();
    in.blank();
    int cpu = in.number(StateReader.MAX_CPUS);
    for (int i = pcps.size() - 1; i >= 0; i--) {
      if (pcps.get(i).cpu() == cpu) {
        return pcps.get(i);
      }
    }
    throw in.bad("cpu " + cpu + " has no PCP line in zone " + id);
  }

  void readPcpList() throws BadRecording {
    PcpReader pcp = pcpOfLine();
    in.blank();
    int order = in.number(StateReader.NR_ORDERS - 1);
    in.blank();
    int migratetype = in.number(Migratetype.MIGRATE_PCPTYPES - 1);
    pcp.addList(new PageState.FreeList(order, migratetype, pfns(order)));
  }

  void readStray() throws BadRecording {
    PcpReader pcp = pcpOfLine();
    in.blank();
    int pfn = in.number(StateReader.MAX_PFN);
    in.blank();
    pcp.addStray(pfn, kernel.migratetype(in.number(Migratetype.NR_TYPES - 1)));
    in.endLine();
  }

  /** {@code BLK <zone> : <mt>*<count> ...}. */
  void readPageblocks() throws BadRecording {
    zoneId();
    in.blank();
    in.expect(':');
    int[] types = new int[StateReader.maxPageblocks(spanned)];
    int nr = 0;
    while (!in.atLineEnd()) {
      in.blank();
      if (in.atLineEnd()) {
        break;
      }
      int recorded = (int) in.signed(Migratetype.NR_TYPES - 1);
      int migratetype = recorded < 0 ? -1 : kernel.migratetype(recorded);
      in.expect('*');
      int count = in.number(types.length - nr);
      Arrays.fill(types, nr, nr + count, migratetype);
      nr += count;
    }
    in.endLine();
    pageblocks = Arrays.copyOf(types, nr);
  }

  void readLru() throws BadRecording {
    zoneId();
    in.blank();
    in.expect(':');
    in.runs(start, Math.max(start, start + spanned - 1), spanned);
    lruPfns = in.copyOfList();
  }

  boolean hasCmaDiffs() {
    return !pcps.isEmpty() && pcps.get(0).hasCmaDiff();
  }

  PageState.Zone finish() {
    List<PageState.Pcp> sets = new ArrayList<>();
    for (PcpReader pcp : pcps) {
      sets.add(pcp.finish());
    }
    return new PageState.Zone(
        id,
        nid,
        name,
        start,
        spanned,
        (int) values[PRESENT],
        (int) values[MANAGED],
        Arrays.copyOfRange(values, MIN, MIN + 4),
        values[BOOST],
        values[HIGHATOMIC],
        values[FREE],
        values[FREE_CMA],
        flags,
        values[DRIFT_MARK],
        values[CMA],
        lowmemReserve,
        freeLists,
        sets,
        pageblocks,
        lruPfns);
  }
}
