package kmemsh.proc;

import java.util.List;
import kmemsh.view.BootReport;

/**
 * What the kernel says about memory when it boots.
 *
 * <p>Spec: page-allocator.md 1.7, 2; mappings.md 1.4
 */
final class BootMessages {
  private static final int HEX_DIGITS = 16;
  private static final int NAME = 8;

  private final List<String> lines;

  private BootMessages(List<String> lines) {
    this.lines = lines;
  }

  static void add(BootReport boot, List<String> lines) {
    new BootMessages(lines).boot(boot);
  }

  private void boot(BootReport boot) {
    lines.add("Linux version " + DmesgText.RELEASE);
    firmware(boot);
    highmemProblem(boot);
    if (boot.i386()) {
      lines.add((boot.maxPfn() - boot.lowPages() >> NAME) + "MB HIGHMEM available.");
      lines.add((boot.lowPages() >> NAME) + "MB LOWMEM available.");
      String lowEnd = hex8((long) boot.lowPages() << 12);
      lines.add("  mapped low ram: 0 - " + lowEnd);
      lines.add("  low ram: 0 - " + lowEnd);
    }
    lines.add("Zone ranges:");
    for (int i = 0; i < boot.zoneNames().length; i++) {
      long start = (long) boot.zoneLimits()[i] << 12;
      long end = (long) boot.zoneLimits()[i + 1] << 12;
      String name = new ProcText().left(boot.zoneNames()[i], NAME).toString();
      lines.add("  " + name + " " + (start == end ? "empty" : range(start, end)));
    }
    lines.add("Movable zone start for each node");
    lines.add("Early memory node ranges");
    for (long[] ram : boot.ram()) {
      lines.add("  node " + new ProcText().right(ram[2], 3) + ": " + range(ram[0], ram[1]));
    }
    nodes(boot);
    lines.add(
        "Built "
            + boot.nodeOrder().length
            + " zonelists, mobility grouping "
            + (boot.mobility() ? "on" : "off")
            + ".  Total pages: "
            + boot.totalPages());
    if (boot.policyZone() >= 0) {
      lines.add("Policy zone: " + boot.zoneNames()[boot.policyZone()]);
    }
    if (boot.i386()) {
      String start = hex8(boot.highPages() == 0 ? 0 : boot.lowPages());
      String end = hex8(boot.highPages() == 0 ? 0 : boot.maxPfn());
      lines.add("Initializing HighMem for node 0 (" + start + ":" + end + ")");
      lines.add("Initializing Movable for node 0 (00000000:00000000)");
    }
    memory(boot);
  }

  private void highmemProblem(BootReport boot) {
    String asked = (boot.highmemAsked() >> NAME) + "MB";
    switch (boot.highmemProblem()) {
      case BootReport.HIGHMEM_BIGGER_THAN_RAM ->
          lines.add(
              "highmem size ("
                  + asked
                  + ") is bigger than pages available ("
                  + (boot.maxPfn() >> NAME)
                  + "MB)!");
      case BootReport.HIGHMEM_LEAVES_NO_LOWMEM ->
          lines.add("highmem size (" + asked + ") results in <64MB lowmem, ignoring it!");
      case BootReport.HIGHMEM_MORE_THAN_THERE_IS ->
          lines.add(
              "only "
                  + (boot.maxPfn() - boot.lowPages() >> NAME)
                  + "MB highmem pages available, ignoring highmem size of "
                  + asked
                  + "!");
      default -> {}
    }
  }

  private void firmware(BootReport boot) {
    BootReport.Firmware firmware = boot.firmware();
    lines.add("BIOS-provided physical RAM map:");
    for (long[] row : firmware.e820()) {
      lines.add("BIOS-e820: " + range(row[0], row[1]) + " " + type((int) row[2]));
    }
    lines.add("e820: update [mem 0x00000000-0x00000fff] usable ==> reserved");
    lines.add("e820: remove [mem 0x000a0000-0x000fffff] usable");
    lastPfn(firmware.lastPfn(), firmware.maxArchPfn());
    if (!boot.i386() && firmware.lastPfn() > firmware.lastPfnBelow4G()) {
      lastPfn(firmware.lastPfnBelow4G(), firmware.maxArchPfn());
    }
  }

  private static String type(int type) {
    boolean known = type > 0 && type <= BootReport.E820_TYPES.size();
    return known ? BootReport.E820_TYPES.get(type - 1) : "type " + type;
  }

  private void lastPfn(long pfn, long maxArchPfn) {
    String last = Long.toHexString(pfn);
    lines.add("last_pfn = 0x" + last + " max_arch_pfn = 0x" + Long.toHexString(maxArchPfn));
  }

  private void nodes(BootReport boot) {
    int nrNodes = boot.nodeOrder().length;
    for (int nid = 0; nid < nrNodes; nid++) {
      long start = Long.MAX_VALUE;
      long end = 0;
      for (long[] ram : boot.ram()) {
        if (ram[2] == nid) {
          start = Math.min(start, ram[0]);
          end = Math.max(end, ram[1]);
        }
      }
      lines.add("Initmem setup node " + nid + " " + range(Math.min(start, end), end));
    }
    for (int[] hole : boot.firmware().holes()) {
      String zone = boot.zoneNames()[hole[1]];
      lines.add(
          "On node "
              + hole[0]
              + ", zone "
              + zone
              + ": "
              + hole[2]
              + " pages in unavailable ranges");
    }
    for (int nid = 0; nid < nrNodes && nrNodes > 1; nid++) {
      StringBuilder order = new StringBuilder();
      for (int other : boot.nodeOrder()[nid]) {
        order.append(other).append(' ');
      }
      lines.add("Fallback order for Node " + nid + ": " + order);
    }
  }

  private void memory(BootReport boot) {
    lines.add(
        "Memory: "
            + kb(boot.freePages())
            + "K/"
            + kb(boot.presentPages())
            + "K available ("
            + kb(boot.presentPages() - boot.managedPages())
            + "K reserved, 0K cma-reserved"
            + (boot.i386() ? ", " + kb(boot.highPages()) + "K highmem)" : ")"));
  }

  private static String range(long start, long end) {
    return "[mem 0x" + hex(start) + "-0x" + hex(end - 1) + "]";
  }

  private static String hex(long value) {
    String digits = Long.toHexString(value);
    return "0".repeat(HEX_DIGITS - digits.length()) + digits;
  }

  private static String hex8(long value) {
    return hex(value).substring(HEX_DIGITS / 2);
  }

  private static long kb(long pages) {
    return 4 * pages;
  }
}
