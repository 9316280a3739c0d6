package kmemsh.mm.slab;

import java.util.Arrays;
import kmemsh.view.SlabFlags;

/**
 * What {@code slub_debug=} says at boot: which caches are checked, and how.
 *
 * <p>Spec: slab-allocators.md 3.12
 */
public final class SlubDebugOption {
  private static final int EVERYTHING =
      SlabFlags.SLAB_CONSISTENCY_CHECKS
          | SlabFlags.SLAB_RED_ZONE
          | SlabFlags.SLAB_POISON
          | SlabFlags.SLAB_STORE_USER;

  private static final String LETTERS = "FZPUTAO-";
  private static final int[] FLAGS = {
    SlabFlags.SLAB_CONSISTENCY_CHECKS,
    SlabFlags.SLAB_RED_ZONE,
    SlabFlags.SLAB_POISON,
    SlabFlags.SLAB_STORE_USER,
    SlabFlags.SLAB_TRACE,
    0,
    0,
    0
  };

  /** For caches that no block names. */
  private final int global;

  /** By block that has names: the names, joined with commas, and the flags. */
  private final String[] names;

  private final int[] flags;

  /** O: caches whose slabs would become larger are not debugged. */
  private final boolean noLargerOrder;

  private SlubDebugOption(int global, String[] names, int[] flags, boolean noLargerOrder) {
    this.global = global;
    this.names = names;
    this.flags = flags;
    this.noLargerOrder = noLargerOrder;
  }

  /** These flags for every cache; null for none. */
  public static SlubDebugOption all(int flags) {
    return flags == 0 ? null : new SlubDebugOption(flags, new String[0], new int[0], false);
  }

  /** What is wrong with {@code text}, or empty. A kernel skips letters that it does not know. */
  public static String problem(String text) {
    for (String block : blocks(text)) {
      int comma = block.indexOf(',');
      String letters = comma < 0 ? block : block.substring(0, comma);
      for (int i = 0; i < letters.length(); i++) {
        if (LETTERS.indexOf(Character.toUpperCase(letters.charAt(i))) < 0) {
          return "'"
              + letters.charAt(i)
              + "' is no letter of slub_debug: F checks, Z red zones, P poison, U users, T trace,"
              + " O, A, - for nothing; names of caches follow behind a comma";
        }
      }
    }
    return "";
  }

  /** Takes {@code text} apart, which has no {@link #problem}; empty stands for all of F Z P U. */
  public static SlubDebugOption parse(String text) {
    String[] blocks = blocks(text);
    String[] names = new String[blocks.length];
    int[] flags = new int[blocks.length];
    int nr = 0;
    int global = 0;
    boolean large = false;
    for (String block : blocks) {
      int comma = block.indexOf(',');
      String letters = comma < 0 ? block : block.substring(0, comma);
      int of = flags(letters);
      large |= letters.indexOf('O') >= 0 || letters.indexOf('o') >= 0;
      if (comma < 0) {
        global = of;
      } else {
        names[nr] = block.substring(comma + 1);
        flags[nr++] = of;
      }
    }
    return new SlubDebugOption(global, Arrays.copyOf(names, nr), Arrays.copyOf(flags, nr), large);
  }

  private static String[] blocks(String text) {
    return text.split(";", -1);
  }

  private static int flags(String letters) {
    if (letters.isEmpty()) {
      return EVERYTHING;
    }
    int flags = 0;
    for (int i = 0; i < letters.length(); i++) {
      char letter = Character.toUpperCase(letters.charAt(i));
      flags = letter == '-' ? 0 : flags | FLAGS[LETTERS.indexOf(letter)];
    }
    return flags;
  }

  /** Whether debugging must not make slabs larger. */
  public boolean noLargerOrder() {
    return noLargerOrder;
  }

  /** Whether any cache is debugged: then debugging is switched on from boot. */
  public boolean isOn() {
    int any = global;
    for (int of : flags) {
      any |= of;
    }
    return (any & SlabFlags.DEBUG_FLAGS) != 0;
  }

  /** What the flags of a cache called {@code name} become. */
  public int apply(String name, int of) {
    if ((of & SlabFlags.SLAB_NO_USER_FLAGS) != 0) {
      return of;
    }
    for (int block = 0; block < names.length; block++) {
      for (String pattern : names[block].split(",", -1)) {
        if (matches(pattern, name)) {
          return of | flags[block];
        }
      }
    }
    boolean noUsers = (of & SlabFlags.SLAB_NOLEAKTRACE) != 0;
    return of | (noUsers ? global & ~SlabFlags.SLAB_STORE_USER : global);
  }

  private static boolean matches(String pattern, String name) {
    int star = pattern.indexOf('*');
    return star < 0 ? pattern.equals(name) : name.startsWith(pattern.substring(0, star));
  }
}
