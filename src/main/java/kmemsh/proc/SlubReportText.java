package kmemsh.proc;

import java.util.List;
import kmemsh.view.Gfp;
import kmemsh.view.LogEntry;
import kmemsh.view.SlubReport;

/**
 * SLUB's reports, word for word; of stacks only the first line is there.
 *
 * <p>Spec: slab-allocators.md 1.8, 3.4, 3.14
 */
final class SlubReportText {
  private static final String RULE = "=".repeat(77);
  private static final String THIN_RULE = "-".repeat(77);
  private static final int LINE_BYTES = 16;
  private static final int HEX_COLUMNS = 3 * LINE_BYTES - 1;

  /** What stands for every caller: stacks and symbols are not modelled. */
  private static final String CALLER = "kmemsh";

  private final List<String> lines;
  private final boolean wide;

  private SlubReportText(List<String> lines, boolean wide) {
    this.lines = lines;
    this.wide = wide;
  }

  /** Appends what SLUB says when it finds no pages. Spec: slab-allocators.md 3.4 */
  static void noSlab(LogEntry.NoSlab shortage, List<String> lines) {
    lines.add(
        "SLUB: Unable to allocate memory on node "
            + shortage.nid()
            + ", gfp=0x"
            + Integer.toHexString(shortage.gfpMask())
            + "("
            + Gfp.print(shortage.gfpMask())
            + ")");
    lines.add(
        "  cache: "
            + shortage.cache()
            + ", object size: "
            + shortage.objectSize()
            + ", buffer size: "
            + shortage.size()
            + ", default order: "
            + shortage.order()
            + ", min order: "
            + shortage.minOrder());
    if (shortage.debugOrder()) {
      String name = shortage.cache();
      lines.add("  " + name + " debugging increased min order, use slub_debug=O to disable.");
    }
    for (long[] node : shortage.nodes()) {
      lines.add(
          "  node "
              + node[0]
              + ": slabs: "
              + node[1]
              + ", objs: "
              + node[2]
              + ", free: "
              + node[3]);
    }
  }

  /**
   * Appends a report.
   *
   * @param taint of the kernel before it
   * @param stack the line that stands for a stack dump
   * @param first whether memory is found bad for the first time since boot
   */
  static void report(
      SlubReport report, String taint, String stack, boolean first, List<String> lines) {
    SlubReportText text = new SlubReportText(lines, report.wide());
    lines.add(RULE);
    String[] parts = report.text().split("\n", -1);
    lines.add("BUG " + report.cache() + " (" + taint + "): " + parts[0]);
    for (int i = 1; i < parts.length; i++) {
      lines.add(parts[i]);
    }
    lines.add(THIN_RULE);
    lines.add("");
    SlubReport.Damage damage = report.damage();
    if (damage != null) {
      lines.add(
          text.address(damage.first())
              + "-"
              + text.address(damage.last())
              + " @offset="
              + damage.offset()
              + ". First byte 0x"
              + Integer.toHexString(damage.got())
              + " instead of 0x"
              + Integer.toHexString(damage.expected()));
    }
    text.trailer(report);
    lines.add(stack);
    if (first) {
      lines.add("Disabling lock debugging due to kernel taint");
    }
  }

  private void trailer(SlubReport report) {
    track("Allocated", report.allocated());
    track("Freed", report.freed());
    SlubReport.Slab slab = report.slab();
    lines.add(
        "Slab "
            + address(slab.page())
            + " objects="
            + slab.objects()
            + " used="
            + slab.used()
            + " fp="
            + address(slab.fp())
            + " flags=0x"
            + Long.toHexString(slab.flags())
            + "("
            + slab.flagNames()
            + ")");
    SlubReport.Dump object = report.object();
    if (object == null) {
      return;
    }
    if (!object.valid()) {
      lines.add("Invalid pointer " + address(object.address()));
      return;
    }
    lines.add(
        "Object "
            + address(object.address())
            + " @offset="
            + object.offset()
            + " fp="
            + address(object.fp()));
    lines.add("");
    for (SlubReport.Section section : object.sections()) {
      section(section);
    }
  }

  private void track(String what, SlubReport.Track track) {
    if (track != null) {
      lines.add(what + " in " + CALLER + " age=0 cpu=" + track.cpu() + " pid=1");
    }
  }

  private void section(SlubReport.Section section) {
    byte[] bytes = section.bytes();
    for (int start = 0; start < bytes.length; start += LINE_BYTES) {
      StringBuilder hex = new StringBuilder();
      StringBuilder ascii = new StringBuilder();
      for (int i = start; i < Math.min(start + LINE_BYTES, bytes.length); i++) {
        int b = bytes[i] & 0xff;
        hex.append(i == start ? "" : " ").append(digits(b, 2));
        ascii.append(b >= ' ' && b <= '~' ? (char) b : '.');
      }
      hex.append(" ".repeat(HEX_COLUMNS - hex.length()));
      String where = digits(section.address() + start, wide ? 16 : 8);
      lines.add(section.label() + where + ": " + hex + "  " + ascii);
    }
  }

  private String address(long address) {
    return "0x" + digits(address, wide ? 16 : 8);
  }

  private static String digits(long value, int nr) {
    String hex = Long.toHexString(value);
    return hex.length() >= nr
        ? hex.substring(hex.length() - nr)
        : "0".repeat(nr - hex.length()) + hex;
  }

  /** Appends a line about a call on a cache that is traced. */
  static void trace(LogEntry.SlubTrace trace, String stack, List<String> lines) {
    SlubReportText text = new SlubReportText(lines, trace.wide());
    lines.add(
        "TRACE "
            + trace.cache()
            + (trace.isFree() ? " free " : " alloc ")
            + text.address(trace.address())
            + " inuse="
            + trace.inuse()
            + " fp="
            + text.address(trace.fp()));
    lines.add(stack);
  }

  /** Appends an object that remains in a cache. */
  static void remaining(LogEntry.SlubRemaining object, List<String> lines) {
    SlubReportText text = new SlubReportText(lines, object.wide());
    lines.add("Object " + text.address(object.address()) + " @offset=" + object.offset());
    text.track("Allocated", object.allocated());
    text.track("Freed", object.freed());
  }

  /** Appends the warning about a cache that was destroyed with objects in use. */
  static void notEmpty(LogEntry.CacheNotEmpty left, String stack, List<String> lines) {
    lines.add("------------[ cut here ]------------");
    lines.add(
        "kmem_cache_destroy "
            + left.cache()
            + ": Slab cache still has objects when called from "
            + CALLER);
    lines.add("WARNING: CPU: " + left.cpu() + " PID: 1 at kmem_cache_destroy");
    lines.add(stack);
    lines.add("---[ end trace 0000000000000000 ]---");
  }

  /** Appends the warning about an object freed into a cache that is not its own. */
  static void wrongCache(LogEntry.WrongCache wrong, String stack, List<String> lines) {
    lines.add("------------[ cut here ]------------");
    lines.add(
        wrong.owner().isEmpty()
            ? "virt_to_cache: Object is not a Slab page!"
            : "cache_from_obj: Wrong slab cache. "
                + wrong.asked()
                + " but object is from "
                + wrong.owner());
    lines.add("WARNING: CPU: " + wrong.cpu() + " PID: 1 at kmem_cache_free");
    lines.add(stack);
    lines.add("---[ end trace 0000000000000000 ]---");
    if (wrong.allocated() != null) {
      new SlubReportText(lines, false).track("Allocated", wrong.allocated());
    }
  }
}
