package kmemsh.lang;

/** What a command gave or an argument means: its kind and its number. */
public final class Value {
  public static final int NUMBER = 0;

  /** The number is a pfn. */
  public static final int PAGE = 1;

  /** The number is an unsigned virtual or physical address. */
  public static final int ADDRESS = 2;

  /** A request the kernel answered with NULL. */
  public static final int NULL = 3;

  public static final int TEXT = 4;
  public static final int LIST = 5;
  public static final int CACHE = 6;
  public static final int OBJECT = 7;
  public static final int MAPPING = 8;
  public static final int PROCESS = 9;

  private static final String[] KIND_NAMES = {
    "number", "page", "address", "NULL", "text", "list", "cache", "object", "mapping", "process"
  };

  private final int kind;
  private final long number;
  private final int order;
  private final Object extra;
  private final Origin origin;

  private Value(int kind, long number, int order, Object extra, Origin origin) {
    this.kind = kind;
    this.number = number;
    this.order = order;
    this.extra = extra;
    this.origin = origin;
  }

  public static Value number(long number) {
    return new Value(NUMBER, number, 0, null, null);
  }

  /** The block of {@code 1 << order} pages that starts at {@code pfn}. */
  public static Value page(int pfn, int order) {
    return new Value(PAGE, pfn, order, null, null);
  }

  public static Value address(long address) {
    return new Value(ADDRESS, address, 0, null, null);
  }

  /** The address of a block of {@code 1 << order} pages. */
  public static Value address(long address, int order) {
    return new Value(ADDRESS, address, order, null, null);
  }

  public static Value nothing() {
    return new Value(NULL, 0, 0, null, null);
  }

  public static Value text(String text) {
    return new Value(TEXT, 0, 0, text, null);
  }

  /** The object that begins at {@code address}. */
  public static Value object(long address) {
    return new Value(OBJECT, address, 0, null, null);
  }

  /** The area of kernel addresses that begins at {@code address}. */
  public static Value mapping(long address) {
    return new Value(MAPPING, address, 0, null, null);
  }

  /** The cache with that number, by one of its names. */
  public static Value cache(int cache, String name) {
    return new Value(CACHE, cache, 0, name, null);
  }

  /**
   * A list; the array is kept, not copied.
   *
   * @param elementKind {@link #NUMBER}, {@link #PAGE} (-1 is NULL), {@link #ADDRESS} or {@link
   *     #OBJECT} (0 is NULL)
   * @param order the order of every block in it
   */
  public static Value list(int elementKind, int order, long[] elements) {
    return new Value(LIST, elementKind, order, elements, null);
  }

  /** The same value, known to come from {@code origin}. */
  Value from(Origin origin) {
    return new Value(kind, number, order, extra, origin);
  }

  static Value of(int kind, long number, int order, Object extra, Origin origin) {
    return new Value(kind, number, order, extra, origin);
  }

  public int kind() {
    return kind;
  }

  /** The pfn, the address or the number; 0 for NULL; meaningless for text and lists. */
  public long number() {
    return number;
  }

  /** The order of the block, 0 where none is known. */
  public int order() {
    return order;
  }

  /** Whether the number is an address: of an object, a mapping or anything else. */
  public boolean isAddress() {
    return isAddress(kind);
  }

  private static boolean isAddress(int kind) {
    return kind == ADDRESS || kind == OBJECT || kind == MAPPING;
  }

  public boolean isNull() {
    return kind == NULL;
  }

  /** The text of a {@link #TEXT}, the name of a {@link #CACHE}. */
  public String text() {
    return (String) extra;
  }

  /** The elements of a {@link #LIST}, not copied; see {@link #list}. */
  public long[] elements() {
    return (long[]) extra;
  }

  /** The kind of the elements of a {@link #LIST}. */
  public int elementKind() {
    return (int) number;
  }

  /** How many elements of a {@link #LIST} are NULL. */
  public long nrNull() {
    long count = 0;
    int elementKind = elementKind();
    for (long element : elements()) {
      count += isNone(elementKind, element) ? 1 : 0;
    }
    return count;
  }

  private static boolean isNone(int elementKind, long element) {
    return elementKind == PAGE ? element == -1 : isAddress(elementKind) && element == 0;
  }

  Object extra() {
    return extra;
  }

  /** Which kept value this is or was computed from; null for a literal. */
  public Origin origin() {
    return origin;
  }

  /** Element {@code index} of a list, of its own kind; NULL where the request failed. */
  Value element(int index, Origin origin) {
    long element = elements()[index];
    int elementKind = elementKind();
    boolean none = isNone(elementKind, element);
    return new Value(none ? NULL : elementKind, none ? 0 : element, order, null, origin);
  }

  public static String kindName(int kind) {
    return KIND_NAMES[kind];
  }

  /** The kind in a message: {@code a page}, {@code an address}, {@code a list of 3 pages}. */
  public String describeKind() {
    if (kind == LIST) {
      return "a list of " + elements().length + " values";
    }
    if (kind == NULL || kind == TEXT) {
      return KIND_NAMES[kind];
    }
    return (kind == ADDRESS || kind == OBJECT ? "an " : "a ") + KIND_NAMES[kind];
  }

  /** The value as a word that means the same: {@code 0x2f5b8}, {@code 12}, {@code NULL}. */
  public String show() {
    return switch (kind) {
      case NUMBER -> Long.toString(number);
      case TEXT, CACHE -> text();
      case NULL -> "NULL";
      case LIST -> "[" + elements().length + " values]";
      default -> "0x" + Long.toHexString(number);
    };
  }

  /**
   * Where a value comes from.
   *
   * @param label {@code $1}, {@code $p} or {@code $1[3]}
   * @param index position among the kept values
   * @param element position in a list, -1 when it is the value itself
   * @param offset frames or bytes added to it
   * @param head the number of the kept value
   * @param freedAt the moment of the history at which the block was freed, 0 while it is in use
   */
  public record Origin(String label, int index, int element, long offset, long head, int freedAt) {
    private static final String[] ORDINALS = {
      "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth"
    };

    Origin plus(long more) {
      return new Origin(label, index, element, offset + more, head, freedAt);
    }

    /** How a page inside a block is called: {@code second page}, {@code page 12}. */
    public String ordinalPage() {
      return offset >= 0 && offset < ORDINALS.length
          ? ORDINALS[(int) offset] + " page"
          : "page " + (offset + 1);
    }
  }
}
