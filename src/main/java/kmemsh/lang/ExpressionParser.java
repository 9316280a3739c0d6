package kmemsh.lang;

import kmemsh.view.Gfp;

/**
 * Takes expressions apart and evaluates them on the way.
 *
 * <pre>
 *   or       and ('||' and)*
 *   and      compare ('&amp;&amp;' compare)*
 *   compare  sum (('==' | '!=' | '&lt;' | '&lt;=' | '&gt;' | '&gt;=') sum)?
 *   sum      product (('+' | '-') product)*
 *   product  unary (('*' | '/' | '%') unary)*
 *   unary    ('!' | '-') unary | value
 *   value    number | '$1' | '$p' | '$_' | name | name '(' arguments ')' | '(' or ')'
 *            then any of '[' sum ']'  '[*]'  '.' field
 * </pre>
 *
 * <p>Addresses are compared unsigned; a page plus a number is that many frames further, an address
 * plus a number that many bytes.
 */
final class ExpressionParser {
  private static final int MAX_DEPTH = 100;
  private static final int ZERO_SIZE_PTR = 16;

  private final Values values;
  private final MachineFacts facts;
  private String text = "";
  private int at;
  private int end;
  private int depth;
  private String failed = "";

  ExpressionParser(Values values, MachineFacts facts) {
    this.values = values;
    this.facts = facts;
  }

  /** The value of {@code text[start, end)}. */
  Value evaluate(String text, int start, int end) {
    this.text = text;
    this.at = start;
    this.end = end;
    depth = 0;
    failed = "";
    Value value = or();
    if (peek() != 0) {
      throw unexpected();
    }
    return value;
  }

  /** See {@link Expression#check}. */
  String check(String text, int start, int end) {
    Value value = evaluate(text, start, end);
    if (value.kind() == Value.TEXT && isQuoted(text.charAt(start)) && !value.text().isEmpty()) {
      // Quoted as a shell would need it: what is meant stands inside.
      return check(value.text(), 0, value.text().length());
    }
    if (truth(value)) {
      return "";
    }
    String condition = Words.show(text.substring(start, end));
    return condition + " does not hold" + (failed.isEmpty() ? "" : ": " + failed);
  }

  private static boolean isQuoted(char first) {
    return first == '\'' || first == '"';
  }

  private static boolean truth(Value value) {
    if (value.kind() == Value.LIST || value.kind() == Value.TEXT) {
      throw new LineError(
          Words.show(value.show()) + " is " + value.describeKind() + ", neither true nor false");
    }
    return !value.isNull() && (value.kind() != Value.NUMBER || value.number() != 0);
  }

  private static Value truthValue(boolean truth) {
    return Value.number(truth ? 1 : 0);
  }

  private Value or() {
    enter();
    Value left = and();
    while (take("||")) {
      boolean right = truth(and());
      left = truthValue(truth(left) || right);
    }
    depth--;
    return left;
  }

  private Value and() {
    Value left = compare();
    while (take("&&")) {
      boolean right = truth(compare());
      left = truthValue(truth(left) && right);
    }
    return left;
  }

  private Value compare() {
    Value left = sum();
    String operator = comparison();
    if (operator.isEmpty()) {
      return left;
    }
    Value right = sum();
    boolean holds = Arithmetic.compare(left, operator, right);
    if (!holds && failed.isEmpty()) {
      failed =
          "the left side is "
              + Words.show(left.show())
              + ", the right side "
              + Words.show(right.show());
    }
    if (!comparison().isEmpty()) {
      throw new LineError(
          operator + " cannot be chained: join two comparisons with && or use parentheses");
    }
    return truthValue(holds);
  }

  private String comparison() {
    char c = peek();
    char next = at + 1 < end ? text.charAt(at + 1) : 0;
    if (next == '=' && (c == '=' || c == '!' || c == '<' || c == '>')) {
      at += 2;
      return text.substring(at - 2, at);
    }
    if (c == '<' || c == '>') {
      at++;
      return c == '<' ? "<" : ">";
    }
    if (c == '=') {
      throw new LineError("= compares nothing: write ==");
    }
    return "";
  }

  private Value sum() {
    Value left = product();
    while (peek() == '+' || peek() == '-') {
      char operator = text.charAt(at++);
      left = Arithmetic.sum(left, operator, product());
    }
    return left;
  }

  private Value product() {
    Value left = unary();
    while (peek() == '*' || peek() == '/' || peek() == '%') {
      char operator = text.charAt(at++);
      left = Arithmetic.product(left, operator, unary());
    }
    return left;
  }

  private Value unary() {
    enter();
    Value value;
    if (peek() == '!') {
      at++;
      value = truthValue(!truth(unary()));
    } else if (peek() == '-') {
      at++;
      value = Arithmetic.sum(Value.number(0), '-', unary());
    } else {
      value = parts(primary());
    }
    depth--;
    return value;
  }

  private Value primary() {
    char c = peek();
    if (c == '(') {
      at++;
      Value inner = or();
      expect(')');
      return inner;
    }
    if (c == '$') {
      return kept();
    }
    if (c >= '0' && c <= '9') {
      return number();
    }
    if (isNameStart(c)) {
      return named();
    }
    if (c == '\'' || c == '"') {
      return quoted(c);
    }
    throw unexpected();
  }

  private Value number() {
    int start = at;
    while (at < end && isName(text.charAt(at))) {
      at++;
    }
    String word = text.substring(start, at);
    long value = Numbers.parse(word);
    return value < 0 ? Value.address(value) : Value.number(value);
  }

  private Value quoted(char quote) {
    int close = text.indexOf(quote, at + 1);
    if (close < 0 || close >= end) {
      throw unexpected();
    }
    String word = text.substring(at + 1, close);
    at = close + 1;
    return Value.text(word);
  }

  private Value kept() {
    int start = at++;
    while (at < end && isName(text.charAt(at))) {
      at++;
    }
    String label = text.substring(start, at);
    Value value = find(label);
    if (value == null) {
      throw unknownValue(label);
    }
    return value;
  }

  private Value find(String label) {
    if (label.length() == 1) {
      throw new LineError("$ needs a number or a name behind it: $1, $p or $_");
    }
    if (label.equals("$_")) {
      return values.last();
    }
    if (Numbers.isPlain(label, 1, label.length())) {
      long n = Numbers.plain(label, 1, label.length());
      return n > Integer.MAX_VALUE ? null : values.get((int) n);
    }
    return values.named(label.substring(1));
  }

  private LineError unknownValue(String label) {
    int count = values.count();
    String known = count == 0 ? "there are none yet" : count == 1 ? "there is $1" : "$1..$" + count;
    if (label.length() > 1 && isNameStart(label.charAt(1)) && !label.equals("$_")) {
      String near = Suggest.nearest(label.substring(1), values.names());
      return new LineError(
          Words.show(label) + " names no value: NAME = COMMAND makes one",
          near.isEmpty() ? "" : "$" + near);
    }
    return new LineError(Words.show(label) + " is no value: " + known);
  }

  private Value named() {
    int start = at;
    while (at < end && isName(text.charAt(at))) {
      at++;
    }
    String name = text.substring(start, at);
    if (peek() == '(') {
      return call(name);
    }
    if (name.equals("NULL")) {
      return Value.nothing();
    }
    if (name.equals("ZERO_SIZE_PTR")) {
      return Value.number(ZERO_SIZE_PTR);
    }
    for (String zone : facts.zoneNames()) {
      if (zone.equals(name)) {
        return Value.text(name);
      }
    }
    int mask = Gfp.parseName(name);
    if (mask >= 0) {
      return Value.number(mask);
    }
    throw new LineError(
        Words.show(name) + " is no value: a value is a number, $1, $p or FUNCTION(...)",
        values.named(name) != null ? "$" + name : "");
  }

  private Value call(String name) {
    at++;
    switch (name) {
      case "free", "pages", "pcp", "largest" -> {
        return zoneCall(name);
      }
      case "cache" -> {
        return cacheCall();
      }
      case "count" -> {
        Value list = or();
        expect(')');
        return Value.number(Arithmetic.countNotNull(list));
      }
      default -> {
        String[] known = Functions.column(Functions.functions(), 0);
        throw new LineError(
            Words.show(name) + " is no function: there are " + String.join(", ", known),
            Suggest.nearest(name, known));
      }
    }
  }

  private Value zoneCall(String function) {
    String zone = zoneName();
    long answer;
    if (function.equals("free") && peek() == ',') {
      at++;
      long order = Arithmetic.toNumber(sum());
      if (order < 0 || order > 10) {
        throw new LineError("order " + order + " is not one of 0..10");
      }
      answer = facts.freeBlocks(zone, (int) order);
      expect(')');
    } else {
      expect(')');
      answer = zoneAnswer(function, zone);
    }
    return Value.number(answer);
  }

  private long zoneAnswer(String function, String zone) {
    return switch (function) {
      case "free" -> facts.zonePages(zone, "free");
      case "pcp" -> facts.pcpPages(zone);
      case "largest" -> facts.largestFreeOrder(zone);
      default -> facts.zonePages(zone, zoneField());
    };
  }

  /** {@code cache(NAME).FIELD}, where NAME may be {@code $1}. */
  private Value cacheCall() {
    String name = cacheName();
    expect(')');
    expect('.');
    String field = fieldName();
    Value found = Arithmetic.cacheField(name, field, facts);
    if (found == null) {
      throw new LineError(
          "."
              + Words.show(field)
              + " is no field of a cache: there are "
              + String.join(", ", Functions.cacheFields()));
    }
    return found;
  }

  private String cacheName() {
    if (peek() == '$') {
      Value value = kept();
      if (value.kind() != Value.CACHE) {
        throw new LineError(Arithmetic.name(value) + " is " + value.describeKind() + ", no cache");
      }
      return value.text();
    }
    int start = at;
    while (at < end && text.charAt(at) != ')') {
      at++;
    }
    String name = text.substring(start, at).trim();
    String[] names = facts.cacheNames();
    for (String known : names) {
      if (known.equals(name)) {
        return name;
      }
    }
    throw new LineError(
        (name.isEmpty() ? "an empty name" : Words.show(name)) + " is no cache of this machine",
        Suggest.nearest(name, names));
  }

  private String zoneField() {
    expect('.');
    String field = fieldName();
    if (!Functions.isZoneField(field)) {
      throw new LineError(
          "."
              + Words.show(field)
              + " is no field of a zone: there are "
              + String.join(", ", Functions.zoneFields()));
    }
    return field;
  }

  private String zoneName() {
    peek();
    int start = at;
    while (at < end && isName(text.charAt(at))) {
      at++;
    }
    String name = text.substring(start, at);
    String[] zones = facts.zoneNames();
    for (String zone : zones) {
      if (zone.equalsIgnoreCase(name)) {
        return zone;
      }
    }
    throw new LineError(
        (name.isEmpty() ? "an empty name" : Words.show(name))
            + " is no zone of this machine: there"
            + " are "
            + String.join(", ", zones));
  }

  private Value parts(Value first) {
    Value value = first;
    while (at < end) {
      char c = text.charAt(at);
      if (c == '[') {
        value = index(value);
      } else if (c == '.') {
        at++;
        value = Arithmetic.field(value, fieldName(), facts);
      } else {
        break;
      }
    }
    return value;
  }

  private Value index(Value list) {
    at++;
    if (list.kind() != Value.LIST) {
      throw new LineError(Arithmetic.name(list) + " is " + list.describeKind() + ", not a list");
    }
    if (peek() == '*') {
      at++;
      expect(']');
      return list;
    }
    long index = Arithmetic.toNumber(sum());
    expect(']');
    return values.element(list, index);
  }

  private String fieldName() {
    int start = at;
    while (at < end && isName(text.charAt(at))) {
      at++;
    }
    return text.substring(start, at);
  }

  /** Skips blanks; gives the next character, 0 at the end. */
  private char peek() {
    while (at < end && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
      at++;
    }
    return at < end ? text.charAt(at) : 0;
  }

  private boolean take(String operator) {
    peek();
    if (text.startsWith(operator, at) && at + operator.length() <= end) {
      at += operator.length();
      return true;
    }
    return false;
  }

  private void expect(char wanted) {
    if (peek() != wanted) {
      String found = at < end ? Words.show(text.substring(at, end)) : "the end";
      throw new LineError(found + " stands where " + wanted + " is expected");
    }
    at++;
  }

  private void enter() {
    if (++depth > MAX_DEPTH) {
      throw new LineError(
          "more than " + MAX_DEPTH / 2 + " parentheses or signs stand inside each other");
    }
  }

  private LineError unexpected() {
    return at < end
        ? new LineError(Words.show(text.substring(at, end)) + " cannot be understood here")
        : new LineError("the expression ends where a value is expected");
  }

  static boolean isNameStart(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  }

  static boolean isName(char c) {
    return isNameStart(c) || (c >= '0' && c <= '9');
  }
}
