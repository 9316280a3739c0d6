package kmemsh.lang;

import java.util.ArrayList;
import java.util.List;

/** The functions and fields of expressions: one table for help, completion and messages. */
public final class Functions {
  private static final String[][] FUNCTIONS = {
    {"free", "free(ZONE,ORDER)", "blocks on the free lists of an order; free(ZONE): free pages"},
    {"pages", "pages(ZONE).FIELD", "pages of a zone: free min low high managed present spanned"},
    {"pcp", "pcp(ZONE)", "pages on the per-CPU lists of a zone"},
    {"largest", "largest(ZONE)", "largest order with a free block, -1 when nothing is free"},
    {
      "cache",
      "cache(NAME).FIELD",
      "numbers of a cache: slabs full partial free held; objects active"
    },
    {"count", "count(LIST)", "number of values in a list that are not NULL"},
  };

  private static final String[][] FIELDS = {
    {"pfn", "page frame number"},
    {"addr", "kernel virtual address, NULL when the page has none"},
    {"order", "base-2 logarithm of the number of pages"},
    {"pages", "number of pages of the block"},
    {"zone", "name of the zone"},
    {"cache", "name of the cache of an object"},
    {"size", "bytes of an object, or of the objects of a cache"},
    {"name", "name of a cache"},
    {"count", "number of values in a list"},
  };

  private static final String[] ZONE_FIELDS = {
    "free", "min", "low", "high", "managed", "present", "spanned"
  };

  private static final String[] CACHE_FIELDS = {
    "slabs", "full", "partial", "free", "held", "objects", "active", "size", "pages", "order"
  };

  private Functions() {}

  /** Rows of name, usage and meaning. */
  public static String[][] functions() {
    return FUNCTIONS.clone();
  }

  /** Rows of name and meaning of what can stand behind the dot of a value. */
  public static String[][] fields() {
    return FIELDS.clone();
  }

  /** Those of {@link #fields} that such a value has; a cache has {@link #cacheFields} too. */
  public static String[][] fieldsOf(Value value) {
    List<String[]> rows = new ArrayList<>();
    boolean address = value.isAddress();
    for (String[] row : FIELDS) {
      boolean has =
          switch (row[0]) {
            case "count" -> value.kind() == Value.LIST;
            case "name" -> value.kind() == Value.CACHE;
            case "size" -> address || value.kind() == Value.CACHE;
            case "cache" -> address;
            default -> address || value.kind() == Value.PAGE;
          };
      if (has) {
        rows.add(row);
      }
    }
    for (String field : value.kind() == Value.CACHE ? CACHE_FIELDS : new String[0]) {
      if (!field.equals("size")) {
        rows.add(new String[] {field, ""});
      }
    }
    return rows.toArray(new String[0][]);
  }

  /** What can stand behind {@code pages(ZONE).}. */
  public static String[] zoneFields() {
    return ZONE_FIELDS.clone();
  }

  /**
   * What can stand behind {@code cache(NAME).}: slabs in all, without a free object, on partial
   * lists, without an object in use, held by CPUs; objects in all and in use; bytes of an object,
   * pages of all slabs, order of a slab.
   */
  public static String[] cacheFields() {
    return CACHE_FIELDS.clone();
  }

  static boolean isCacheField(String name) {
    for (String field : CACHE_FIELDS) {
      if (field.equals(name)) {
        return true;
      }
    }
    return false;
  }

  static boolean isZoneField(String name) {
    for (String field : ZONE_FIELDS) {
      if (field.equals(name)) {
        return true;
      }
    }
    return false;
  }

  static String[] column(String[][] rows, int column) {
    String[] cells = new String[rows.length];
    for (int i = 0; i < rows.length; i++) {
      cells[i] = rows[i][column];
    }
    return cells;
  }
}
