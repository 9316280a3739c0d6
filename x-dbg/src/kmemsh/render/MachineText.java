package kmemsh.render;

import java.util.ArrayList;
import java.util.List;
import kmemsh.text.Style;
import kmemsh.text.Table;
import kmemsh.text.Text;
import kmemsh.view.MachineInfo;
import kmemsh.view.MemMap;

/** The hardware, the firmware's map and what the kernel made of it. */
final class MachineText {
  private static final int WIDE = 70;

  private MachineText() {}

  static void render(MachineInfo machine, Text out, int columns) {
    List<String> head = new ArrayList<>();
    head.add(machine.arch());
    head.add(Draw.size(machine.memBytes() >>> 12));
    head.add(Draw.count(machine.nrCpus(), "CPU"));
    head.add(Draw.count(machine.nrNodes(), "node"));
    head.add("slab allocator " + machine.slab());
    Draw.items(head, out.style(Style.HEAD), columns, 2);
    out.style(Style.PLAIN).line();
    Draw.words("kernel 6.1" + options(machine), out, columns, 2);
    out.line();
    long end = machine.pageOffset().value() + ((long) machine.endOfLowmem() << 12) - 1;
    Draw.words(
        "linear map "
            + Draw.hex(machine.pageOffset().value())
            + ".."
            + Draw.hex(end)
            + " shows pfn 0.."
            + Draw.hex(machine.endOfLowmem() - 1),
        out,
        columns,
        2);
    out.line();
    ranges("RAM", machine.ram(), out, columns);
    ranges("reserved at boot", machine.reserved(), out, columns);
    zones(machine, out, columns);
    for (String context : machine.contexts()) {
      Draw.words(context, out, columns, 2);
      out.line();
    }
    Draw.words("reboot " + machine.options(), out, columns, 2);
    out.line();
  }

  private static String options(MachineInfo machine) {
    StringBuilder options = new StringBuilder();
    for (String option : machine.kernelOptions()) {
      options.append(", ").append(option);
    }
    return options + ", pageblocks of order " + machine.pageblockOrder();
  }

  private static void ranges(String title, List<MachineInfo.Range> ranges, Text out, int columns) {
    out.add(Style.NAME, title).line();
    Table table = new Table("lrl");
    for (MachineInfo.Range range : ranges) {
      long start = range.start().value();
      long end = range.end().value();
      String node = range.nid() < 0 ? "" : "node " + range.nid();
      String size = bytes(end - start);
      table.row(
          Draw.hex(start) + ".." + Draw.hex(end - 1),
          size,
          columns < WIDE ? "" : node + range.use());
    }
    table.render(out, "  ");
  }

  private static String bytes(long bytes) {
    return bytes % 4096 == 0 ? Draw.size(bytes >>> 12) : Draw.grouped(bytes) + " B";
  }

  private static void zones(MachineInfo machine, Text out, int columns) {
    out.add(Style.NAME, "zones, by pfn").line();
    Table table = new Table("llr");
    for (MemMap.Span span : machine.zones()) {
      table.row(
          Draw.zone(span.nid(), span.zone()),
          Draw.hex(span.start()) + ".." + Draw.hex(span.end() - 1),
          columns < WIDE ? "" : Draw.size(span.end() - span.start()));
    }
    table.render(out, "  ");
  }
}
