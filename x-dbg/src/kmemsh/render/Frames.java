package kmemsh.render;

import kmemsh.view.Frame;

/** Who has a frame, in words. */
final class Frames {
  private Frames() {}

  /** {@code 0x2f5b8..0x2f5bf}, or one frame. */
  static String range(int pfn, int order) {
    return order == 0 ? Draw.hex(pfn) : Draw.hex(pfn) + ".." + Draw.hex(pfn + (1 << order) - 1);
  }

  /** A whole sentence part: what has the frame, and which block it belongs to. */
  static String describe(Frame frame) {
    String block = "order-" + frame.order() + " block " + range(frame.head(), frame.order());
    return switch (frame.owner()) {
      case Frame.FREE -> "free" + in(frame, block) + ", on the " + frame.migratetype() + " list";
      case Frame.PCP ->
          "on a per-CPU list of cpu "
              + frame.cpu()
              + " ("
              + frame.migratetype()
              + ")"
              + in(frame, block);
      case Frame.ALLOCATED -> "allocated" + in(frame, block);
      case Frame.TABLES -> "allocated by the kernel for its page tables";
      case Frame.VMALLOC -> "allocated by vmalloc" + in(frame, block);
      case Frame.RESERVED -> "reserved: the kernel kept it at boot";
      default -> "a hole: no RAM";
    };
  }

  private static String in(Frame frame, String block) {
    int at = frame.pfn() - frame.head();
    if (frame.order() == 0) {
      return ", a block of order 0";
    }
    return at == 0 ? ", first page of the " + block : ", page " + (at + 1) + " of the " + block;
  }
}
