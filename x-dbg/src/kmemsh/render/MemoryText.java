package kmemsh.render;

import kmemsh.text.Text;
import kmemsh.view.MemoryDump;
import kmemsh.view.MemoryWritten;

/** Memory in the columns of the crash utility: address, values, the bytes as characters. */
final class MemoryText {
  private static final int LINE_BYTES = 16;
  private static final int GAP = 3;

  private MemoryText() {}

  static void dump(MemoryDump dump, Text out, int columns) {
    int digits = dump.wide() ? 16 : 8;
    int unit = dump.unitBytes();
    int perLine = LINE_BYTES / unit;
    while (perLine > 1 && width(digits, unit, perLine) > columns) {
      perLine /= 2;
    }
    int nr = dump.values().size();
    for (int first = 0; first < nr; first += perLine) {
      address(dump.start().value() + (long) first * unit, digits, out);
      StringBuilder characters = new StringBuilder();
      for (int i = first; i < first + perLine; i++) {
        out.add(i == first ? "" : " ");
        if (i < nr) {
          long value = dump.values().get(i).value();
          out.add(hex(value, 2 * unit));
          for (int b = 0; b < unit; b++) {
            int c = (int) (value >>> 8 * b) & 0xff;
            characters.append(c >= ' ' && c <= '~' ? (char) c : '.');
          }
        } else {
          out.add(" ".repeat(2 * unit));
        }
      }
      out.add(" ".repeat(GAP)).add(characters.toString()).line();
    }
  }

  private static int width(int digits, int unit, int perLine) {
    return digits + GAP + perLine * (2 * unit + 1) - 1 + GAP + perLine * unit;
  }

  private static void address(long address, int digits, Text out) {
    out.add(hex(address, digits)).add(":  ");
  }

  private static String hex(long value, int digits) {
    String hex = Long.toHexString(value);
    return hex.length() >= digits
        ? hex.substring(hex.length() - digits)
        : "0".repeat(digits - hex.length()) + hex;
  }

  static void written(MemoryWritten written, Text out) {
    out.add("wrote ").number(written.sizeBytes());
    out.add(written.sizeBytes() == 1 ? " byte at " : " bytes at ").hex(written.virt().value());
    out.add("  phys ").hex(written.phys().value()).line();
  }
}
