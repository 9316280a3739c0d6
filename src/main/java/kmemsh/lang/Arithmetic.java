package kmemsh.lang;

/** What operators and fields do to values of each kind. */
public final class Arithmetic {
  private static final int PAGE_SHIFT_ORDERS = 63;

  private Arithmetic() {}

  /** How a value is called in a message: {@code $p}, or the value itself. */
  public static String name(Value value) {
    Value.Origin origin = value.origin();
    if (origin == null) {
      return Words.show(value.show());
    }
    long offset = origin.offset();
    return origin.label() + (offset == 0 ? "" : offset > 0 ? "+" + offset : "" + offset);
  }

  /**
   * The number of a number, a page (its pfn) or an address.
   *
   * @throws LineError when the value has none
   */
  public static long toNumber(Value value) {
    int kind = value.kind();
    if (kind == Value.NULL) {
      throw new LineError(name(value) + " is NULL: there is nothing behind it");
    }
    if (kind == Value.LIST || kind == Value.TEXT || kind == Value.CACHE) {
      throw new LineError(name(value) + " is " + value.describeKind() + ", not a number");
    }
    return value.number();
  }

  static boolean compare(Value left, String operator, Value right) {
    boolean same = operator.equals("==");
    if (same || operator.equals("!=")) {
      return equal(left, right) == same;
    }
    long a = toNumber(left);
    long b = toNumber(right);
    boolean unsigned = left.isAddress() || right.isAddress();
    int sign = unsigned ? Long.compareUnsigned(a, b) : Long.compare(a, b);
    return switch (operator) {
      case "<" -> sign < 0;
      case "<=" -> sign <= 0;
      case ">" -> sign > 0;
      default -> sign >= 0;
    };
  }

  private static boolean equal(Value left, Value right) {
    if (left.isNull() || right.isNull()) {
      return left.isNull() && right.isNull();
    }
    if (isNamed(left) && isNamed(right)) {
      return left.text().equals(right.text());
    }
    return toNumber(left) == toNumber(right);
  }

  private static boolean isNamed(Value value) {
    return value.kind() == Value.TEXT || value.kind() == Value.CACHE;
  }

  static Value sum(Value left, char operator, Value right) {
    long a = toNumber(left);
    long b = toNumber(right);
    boolean minus = operator == '-';
    if (isPlace(left) && !isPlace(right)) {
      return moved(left, minus ? negated(b) : b);
    }
    if (isPlace(right) && !isPlace(left) && !minus) {
      return moved(right, a);
    }
    if (isPlace(left) && isPlace(right) && minus && left.kind() == right.kind()) {
      return Value.number(a - b);
    }
    if (isPlace(left) || isPlace(right)) {
      throw new LineError(
          name(left)
              + " "
              + operator
              + " "
              + name(right)
              + " has no meaning: "
              + left.describeKind()
              + " and "
              + right.describeKind());
    }
    long result = minus ? a - b : a + b;
    boolean overflow = minus ? ((a ^ b) & (a ^ result)) < 0 : ((a ^ result) & (b ^ result)) < 0;
    if (overflow) {
      throw overflow(a, operator, b);
    }
    return Value.number(result);
  }

  private static long negated(long b) {
    if (b == Long.MIN_VALUE) {
      throw overflow(0, '-', b);
    }
    return -b;
  }

  private static boolean isPlace(Value value) {
    return value.kind() == Value.PAGE || value.isAddress();
  }

  private static Value moved(Value place, long distance) {
    long number = place.number() + distance;
    if (place.kind() == Value.PAGE && (number < 0 || number > Integer.MAX_VALUE)) {
      throw new LineError(
          name(place) + " + " + distance + " is no page: a pfn is one of 0..0x7fffffff");
    }
    if (place.isAddress()
        && (distance < 0) == Long.compareUnsigned(number, place.number()) > 0
        && distance != 0) {
      throw overflow(place.number(), '+', distance);
    }
    Value.Origin origin = place.origin() == null ? null : place.origin().plus(distance);
    return Value.of(place.kind(), number, place.order(), null, origin);
  }

  static Value product(Value left, char operator, Value right) {
    long a = toNumber(left);
    long b = toNumber(right);
    if (operator == '*') {
      long high = Math.multiplyHigh(a, b);
      long low = a * b;
      if (high != low >> 63) {
        throw overflow(a, operator, b);
      }
      return Value.number(low);
    }
    if (b == 0) {
      throw new LineError(name(left) + " " + operator + " 0 has no value: division by zero");
    }
    boolean unsigned = left.isAddress();
    if (operator == '/') {
      return Value.number(unsigned ? Long.divideUnsigned(a, b) : a / b);
    }
    return Value.number(unsigned ? Long.remainderUnsigned(a, b) : a % b);
  }

  private static LineError overflow(long a, char operator, long b) {
    return new LineError(a + " " + operator + " " + b + " is too large for 64 bits");
  }

  static long countNotNull(Value list) {
    if (list.kind() != Value.LIST) {
      throw new LineError(name(list) + " is " + list.describeKind() + ", not a list");
    }
    return list.elements().length - list.nrNull();
  }

  static Value field(Value value, String field, MachineFacts facts) {
    if (value.kind() == Value.LIST && field.equals("count")) {
      return Value.number(value.elements().length);
    }
    if (value.isNull()) {
      throw new LineError(name(value) + " is NULL: it has no ." + Words.show(field));
    }
    Value found = isPlace(value) ? placeField(value, field, facts) : null;
    if (found == null && value.isAddress()) {
      found = objectField(value, field, facts);
    } else if (value.kind() == Value.CACHE) {
      found = cacheField(value.text(), field, facts);
    }
    if (found == null) {
      if (!field.isEmpty() && Character.isDigit(field.charAt(0))) {
        throw new LineError("." + Words.show(field) + ": numbers are whole, such as 1536 for 1.5K");
      }
      String[] known = Functions.column(Functions.fieldsOf(value), 0);
      throw new LineError(
          "."
              + Words.show(field)
              + " is no field of "
              + value.describeKind()
              + (known.length == 0
                  ? ", which has none"
                  : ": there are ." + String.join(", .", known)),
          Suggest.nearest(field, known));
    }
    return found;
  }

  private static Value placeField(Value value, String field, MachineFacts facts) {
    return switch (field) {
      case "pfn" -> Value.number(pfn(value, facts));
      case "addr" -> addressOf(value, facts);
      case "order" -> Value.number(value.order());
      case "pages" -> Value.number(1L << (value.order() & PAGE_SHIFT_ORDERS));
      case "zone" -> Value.text(facts.zoneOf(pfn(value, facts)));
      default -> null;
    };
  }

  private static Value objectField(Value value, String field, MachineFacts facts) {
    if (field.equals("size")) {
      return Value.number(facts.objectBytes(value.number()));
    }
    if (!field.equals("cache")) {
      return null;
    }
    String name = facts.cacheAt(value.number());
    return name.isEmpty() ? Value.nothing() : Value.text(name);
  }

  /** A field of {@code cache(NAME)} or of a cache value; null when there is none of that name. */
  static Value cacheField(String name, String field, MachineFacts facts) {
    if (field.equals("name")) {
      return Value.text(name);
    }
    long number = Functions.isCacheField(field) ? facts.cacheNumber(name, field) : -1;
    return number < 0 ? null : Value.number(number);
  }

  private static int pfn(Value value, MachineFacts facts) {
    if (value.kind() == Value.PAGE) {
      return (int) value.number();
    }
    int pfn = facts.pfnOf(value.number());
    if (pfn < 0) {
      throw new LineError(value.show() + " is not an address of the linear map");
    }
    return pfn;
  }

  private static Value addressOf(Value value, MachineFacts facts) {
    if (value.isAddress()) {
      return value;
    }
    long address = facts.addressOf((int) value.number());
    return address == 0 ? Value.nothing() : Value.address(address, value.order());
  }
}
