package kmemsh.capture;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the lines of a recording that describe the kernel and the machine. */
final class MachineReader {
  static final int MAX_NODES = 1024;

  private static final int MAX_PAIR = 256;
  private static final int MAX_NAME = 64;

  private final RecordingInput in;
  private final StateReader.Kernel kernel;
  private final Map<String, String> kernelLine = new LinkedHashMap<>();
  private final Map<String, String> machineLine = new LinkedHashMap<>();
  private final Map<String, String> layout = new LinkedHashMap<>();
  private final Map<String, String> slabConst = new LinkedHashMap<>();
  private final List<RecordedMachine.E820> e820 = new ArrayList<>();
  private final List<String> migratetypes = new ArrayList<>();
  private final List<Integer> cpuNode = new ArrayList<>();
  private final List<RecordedMachine.Zonelist> zonelists = new ArrayList<>();

  MachineReader(RecordingInput in, StateReader.Kernel kernel) {
    this.in = in;
    this.kernel = kernel;
  }

  /** Reads the rest of a line that begins with {@code tag}, or returns false at once. */
  boolean read(String tag) throws BadRecording {
    switch (tag) {
      case "KERNEL" -> readKeys(kernelLine);
      case "MACHINE" -> readKeys(machineLine);
      case "LAYOUT" -> readKeys(layout);
      case "SLABCONST" -> readKeys(slabConst);
      case "E820" -> readE820();
      case "MTNAME" -> readMigratetype();
      case "CPUNODE" -> readCpuNode();
      case "ZONELIST" -> readZonelist();
      default -> {
        return false;
      }
    }
    return true;
  }

  private void readKeys(Map<String, String> into) throws BadRecording {
    while (!in.atLineEnd()) {
      in.blank();
      String pair = in.word(MAX_PAIR);
      int equals = pair.indexOf('=');
      if (equals > 0) {
        into.put(pair.substring(0, equals), pair.substring(equals + 1));
      } else if (!pair.isEmpty()) {
        throw in.bad(RecordingInput.shown(pair) + " is not of the form key=value");
      }
    }
    in.endLine();
  }

  private void readE820() throws BadRecording {
    in.blank();
    long addr = in.hex();
    in.blank();
    long sizeBytes = in.hex();
    in.blank();
    int type = in.number(Integer.MAX_VALUE);
    in.endLine();
    e820.add(new RecordedMachine.E820(addr, sizeBytes, type));
  }

  private void readMigratetype() throws BadRecording {
    in.blank();
    int value = in.number(15);
    in.blank();
    String name = in.word(MAX_NAME);
    in.endLine();
    if (value != migratetypes.size()) {
      throw in.bad("migratetype " + value + " comes out of order");
    }
    migratetypes.add(name);
    if (value == 4) {
      kernel.isolateIsFour = name.equals("Isolate");
    }
  }

  private void readCpuNode() throws BadRecording {
    in.blank();
    int cpu = in.number(StateReader.MAX_CPUS - 1);
    in.blank();
    int nid = in.number(MAX_NODES - 1);
    in.endLine();
    if (cpu != cpuNode.size()) {
      throw in.bad("cpu " + cpu + " comes out of order");
    }
    cpuNode.add(nid);
  }

  private void readZonelist() throws BadRecording {
    in.blank();
    int nid = in.number(MAX_NODES - 1);
    in.blank();
    int kind = in.number(1);
    in.blank();
    in.expect(':');
    in.runs(0, StateReader.MAX_ZONES, StateReader.MAX_ZONES);
    int[] zones = Arrays.copyOf(in.list(), in.listSize());
    zonelists.add(new RecordedMachine.Zonelist(nid, kind, zones));
  }

  /** The machine, once all of its lines were read. */
  RecordedMachine finish() throws BadRecording {
    if (kernelLine.isEmpty() || machineLine.isEmpty()) {
      throw in.bad("there is no KERNEL or no MACHINE line before this one");
    }
    String arch = kernelLine.getOrDefault("arch", "");
    if (!arch.equals("i386") && !arch.equals("x86_64")) {
      throw in.bad("'" + RecordingInput.shown(arch) + "' is neither arch i386 nor x86_64");
    }
    check("page_size", 4096, 4096);
    check("max_order", StateReader.NR_ORDERS, StateReader.NR_ORDERS);
    check("pageblock_order", 9, 10);
    check("max_nr_zones", 1, 8);
    check("max_pfn", 1, StateReader.MAX_PFN);
    check("sizeof_page", 16, 256);
    check("nr_pcp_lists", 12, 14);
    if (cpuNode.isEmpty()) {
      cpuNode.add(0);
    }
    return new RecordedMachine(
        kernelLine,
        machineLine,
        layout,
        slabConst,
        List.copyOf(e820),
        List.copyOf(migratetypes),
        List.copyOf(cpuNode),
        List.copyOf(zonelists));
  }

  private void check(String name, int min, int max) throws BadRecording {
    String text = machineLine.getOrDefault(name, "");
    int value = -1;
    if (!text.isEmpty() && text.length() < 10) {
      value = 0;
      for (int i = 0; i < text.length(); i++) {
        int digit = text.charAt(i) - '0';
        if (digit < 0 || digit > 9) {
          value = -1;
          break;
        }
        value = value * 10 + digit;
      }
    }
    if (value < min || value > max) {
      throw in.bad(
          "'" + RecordingInput.shown(text) + "' is not a " + name + " from " + min + " to " + max);
    }
  }
}
