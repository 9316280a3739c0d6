package kmemsh.capture;

import java.util.ArrayList;
import java.util.List;
import kmemsh.view.Migratetype;
import kmemsh.view.PageState;

/** Reads a STATE record, from behind the word STATE to ENDSTATE. */
final class StateReader {
  /** End of the largest physical memory, as a pfn. */
  static final int MAX_PFN = 1 << 28;

  static final int MAX_ZONES = 4096;
  static final int MAX_CPUS = 8192;
  static final int NR_ORDERS = 11;
  static final long MAX_COUNT = 1L << 40;

  private static final int MAX_WORD = 64;
  private static final int SMALLEST_PAGEBLOCK_ORDER = 9;

  private final RecordingInput in;
  private final Kernel kernel;
  private List<PageState.Zone> zones = new ArrayList<>();
  private List<String> buddyinfo = new ArrayList<>();
  private ZoneReader zone;
  private boolean hasCmaDiffs;

  StateReader(RecordingInput in, Kernel kernel) {
    this.in = in;
    this.kernel = kernel;
  }

  RecordedState read() throws BadRecording {
    long line = in.line();
    in.blank();
    String why = in.word(MAX_WORD);
    in.endLine();
    zones = new ArrayList<>();
    buddyinfo = new ArrayList<>();
    zone = null;
    hasCmaDiffs = false;
    while (true) {
      String tag = in.tag(MAX_WORD);
      if (tag.equals("ENDSTATE")) {
        in.endLine();
        break;
      }
      record(tag);
    }
    finishZone();
    if (zones.isEmpty()) {
      throw in.bad("STATE " + why + " has no ZONE");
    }
    return new RecordedState(why, line, new PageState(zones), hasCmaDiffs, buddyinfo);
  }

  private void record(String tag) throws BadRecording {
    if (tag.equals("BI")) {
      in.blank();
      buddyinfo.add(in.restOfLine(1 << 12));
      return;
    }
    if (tag.equals("ZONE")) {
      in.blank();
      finishZone();
      zone = new ZoneReader(in, kernel);
      return;
    }
    if (zone == null) {
      throw notARecord(tag);
    }
    switch (tag) {
      case "FREE" -> zone.readFree();
      case "PCP" -> zone.readPcp();
      case "PCPL" -> zone.readPcpList();
      case "PCPX" -> zone.readStray();
      case "BLK" -> zone.readPageblocks();
      case "LRU" -> zone.readLru();
      default -> throw notARecord(tag);
    }
  }

  private BadRecording notARecord(String tag) throws BadRecording {
    if (tag.isEmpty() && in.peek() == RecordingInput.END) {
      return in.cutShort();
    }
    return in.bad("'" + RecordingInput.shown(tag) + "' is not a record of a STATE");
  }

  private void finishZone() throws BadRecording {
    if (zone == null) {
      return;
    }
    PageState.Zone done = zone.finish();
    if (!zones.isEmpty() && zones.get(zones.size() - 1).id() >= done.id()) {
      throw in.bad("zone " + done.id() + " comes out of order or twice");
    }
    zones.add(done);
    hasCmaDiffs |= zone.hasCmaDiffs();
    zone = null;
  }

  /** Pageblocks a span can have at most, whatever the kernel's pageblock order. */
  static int maxPageblocks(int spannedPages) {
    return (spannedPages >>> SMALLEST_PAGEBLOCK_ORDER) + 2;
  }

  /** What of the kernel decides how a state is read. Filled when the machine's lines are known. */
  static final class Kernel {
    /** The kernel's value for Isolate is 4 where CMA is not built in. */
    boolean isolateIsFour;

    int migratetype(int recorded) {
      return isolateIsFour && recorded == Migratetype.MIGRATE_CMA
          ? Migratetype.MIGRATE_ISOLATE
          : recorded;
    }
  }
}
