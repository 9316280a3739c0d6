package kmemsh.render;

import kmemsh.text.Text;
import kmemsh.view.AddressResult;
import kmemsh.view.BuddyInfo;
import kmemsh.view.CallAnswer;
import kmemsh.view.CpuInfo;
import kmemsh.view.Drained;
import kmemsh.view.Freed;
import kmemsh.view.MemoryDump;
import kmemsh.view.MemoryWritten;
import kmemsh.view.NullResult;
import kmemsh.view.ObjectFreed;
import kmemsh.view.ObjectResult;
import kmemsh.view.PageAddress;
import kmemsh.view.PageBlock;
import kmemsh.view.ReplayReport;
import kmemsh.view.Replayed;
import kmemsh.view.StepFrame;

/** The text of every record, for people. */
public final class Renderers {
  /** {@code $1234567 = } stands before an answer. */
  private static final int LONGEST_LABEL = 12;

  private Renderers() {}

  /**
   * Appends {@code record} as text, each line with its newline.
   *
   * @param columns the width to fill
   * @throws IllegalArgumentException when there is no text for records of this class
   */
  public static void render(Object record, Text out, int columns) {
    int start = out.length();
    if (!(record instanceof CallAnswer)) {
      other(record, out, columns);
      if (isTooWide(out, start, columns) && !RareRenderers.isKernelText(record)) {
        Narrow.fit(out, start, columns);
      }
    } else if (columns < CallText.NARROW) {
      Text line = new Text();
      call(record, line, CallText.NARROW);
      Draw.broken(line.plain(), out, columns);
    } else {
      call(record, out, columns);
      if (out.length() - start > columns - LONGEST_LABEL && isTooWide(out, start, columns)) {
        Narrow.fitCall(out, start, columns);
      }
    }
  }

  private static void call(Object record, Text out, int columns) {
    if (record instanceof PageBlock block) {
      CallText.block(block, out, columns);
    } else if (record instanceof Freed freed) {
      CallText.freed(freed, out);
    } else if (record instanceof ObjectResult object) {
      ObjectText.object(object, out, columns);
    } else if (record instanceof ObjectFreed freed) {
      ObjectText.freed(freed, out);
    } else {
      OtherCallText.address((AddressResult) record, out, columns);
    }
  }

  private static void other(Object record, Text out, int columns) {
    if (record instanceof BuddyInfo info) {
      BuddyInfoText.render(info, out, columns);
    } else if (record instanceof NullResult nothing) {
      OtherCallText.nothing(nothing, out, columns);
    } else if (record instanceof PageAddress address) {
      OtherCallText.pageAddress(address, out);
    } else if (record instanceof Drained drained) {
      OtherCallText.drained(drained, out);
    } else if (record instanceof MemoryDump dump) {
      MemoryText.dump(dump, out, columns);
    } else if (record instanceof MemoryWritten written) {
      MemoryText.written(written, out);
    } else if (record instanceof CpuInfo cpu) {
      out.add("cpu ").number(cpu.cpu()).add("  node ").number(cpu.nid()).line();
    } else if (record instanceof StepFrame frame) {
      StepFrameText.render(frame, out, columns);
    } else if (record instanceof Replayed replayed) {
      for (ReplayReport file : replayed.files()) {
        ReplayText.report(file, out);
      }
    } else {
      RareRenderers.render(record, out, columns);
    }
  }

  /** Whether a line is, from the one with {@code from} on; most are not, and need no fitting. */
  private static boolean isTooWide(Text out, int from, int columns) {
    StringBuilder chars = out.chars();
    int start = from - Draw.column(out, from);
    // In steps from the last newline within the width to the next such, not character by character.
    while (chars.length() - start > columns) {
      int newline = chars.lastIndexOf("\n", start + columns);
      if (newline < start) {
        return true;
      }
      start = newline + 1;
    }
    return false;
  }

  /** Breaks the lines of {@code out} that are too wide, from the line with {@code from} on. */
  public static void fit(Text out, int from, int columns) {
    Narrow.fit(out, from, columns);
  }
}
