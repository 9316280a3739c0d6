package kmemsh.render;

import kmemsh.text.Text;
import kmemsh.view.PageTypes;

/**
 * What the tool page-types prints, to the byte.
 *
 * <p>Spec: proc-and-user.md 4
 */
final class PageTypesText {
  private static final int HEX_DIGITS = 16;
  private static final int COUNT = 10;
  private static final int MEGABYTES = 8;
  private static final int PAGES_PER_MIB_SHIFT = 8;

  /** Letter, bit, name; in the tool's order. */
  private static final String[] BITS = {
    "L 0 locked",
    "E 1 error",
    "R 2 referenced",
    "U 3 uptodate",
    "D 4 dirty",
    "l 5 lru",
    "A 6 active",
    "S 7 slab",
    "W 8 writeback",
    "I 9 reclaim",
    "B 10 buddy",
    "M 11 mmap",
    "a 12 anonymous",
    "s 13 swapcache",
    "b 14 swapbacked",
    "H 15 compound_head",
    "T 16 compound_tail",
    "G 17 huge",
    "u 18 unevictable",
    "X 19 hwpoison",
    "n 20 nopage",
    "x 21 ksm",
    "t 22 thp",
    "o 23 offline",
    "z 24 zero_page",
    "i 25 idle_page",
    "g 26 pgtable",
    "r 32 reserved",
    "m 33 mlocked",
    "d 34 mappedtodisk",
    "P 35 private",
    "p 36 private_2",
    "O 37 owner_private",
    "h 38 arch",
    "c 39 uncached",
    "f 40 softdirty",
    "H 41 arch_2",
    "d 47 anon_exclusive",
    "I 48 readahead",
    "P 49 slob_free",
    "A 50 slub_frozen",
    "E 51 slub_debug",
    "F 61 file",
    "w 62 swap",
    "1 63 mmap_exclusive",
  };

  private PageTypesText() {}

  static void render(PageTypes types, Text out) {
    out.add("             flags\tpage-count       MB  symbolic-flags\t\t\tlong-symbolic-flags")
        .line();
    for (PageTypes.Row row : types.rows()) {
      String hex = Long.toHexString(row.flags());
      out.add("0x").add("0".repeat(HEX_DIGITS - hex.length())).add(hex).add("\t");
      count(row.pages(), out);
      out.add("  ").add(letters(row.flags())).add("\t").add(names(row.flags())).line();
    }
    out.add("             total\t");
    count(types.total(), out);
    out.line();
  }

  private static void count(long pages, Text out) {
    out.add(right(pages, COUNT)).add(" ").add(right(pages >> PAGES_PER_MIB_SHIFT, MEGABYTES));
  }

  private static String right(long number, int width) {
    String digits = Long.toString(number);
    return " ".repeat(Math.max(0, width - digits.length())) + digits;
  }

  private static boolean isSet(long flags, String row) {
    int bit = Integer.parseInt(row.substring(2, row.indexOf(' ', 2)));
    return (flags >>> bit & 1) != 0;
  }

  private static String letters(long flags) {
    StringBuilder letters = new StringBuilder();
    for (String row : BITS) {
      letters.append(isSet(flags, row) ? row.charAt(0) : '_');
    }
    return letters.toString();
  }

  private static String names(long flags) {
    StringBuilder names = new StringBuilder();
    for (String row : BITS) {
      if (isSet(flags, row)) {
        names.append(names.length() == 0 ? "" : ",").append(row.substring(row.indexOf(' ', 2) + 1));
      }
    }
    return names.toString();
  }
}
