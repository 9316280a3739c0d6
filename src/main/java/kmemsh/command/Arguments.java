package kmemsh.command;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import kmemsh.lang.Arithmetic;
import kmemsh.lang.Expression;
import kmemsh.lang.GfpWords;
import kmemsh.lang.Suggest;
import kmemsh.lang.Value;
import kmemsh.lang.Words;
import kmemsh.machine.Slabs;
import kmemsh.op.Refused;
import kmemsh.session.Session;
import kmemsh.view.Gfp;
import kmemsh.view.Migratetype;
import kmemsh.view.Refusal;

/**
 * The arguments of one line, by the position of their {@link Usage.Param}. Each typed reader
 * refuses with one sentence what does not fit. One object serves all lines, so a command must not
 * keep it.
 */
public final class Arguments {
  /** The largest order of a block. */
  public static final int MAX_ORDER = 10;

  private static final int MAX_PARAMS = 16;

  private final Lab lab;
  private final Expression expression;
  private Usage usage;
  private Words words;

  private final Slice[] params = new Slice[MAX_PARAMS];
  private final Slice[] options = new Slice[MAX_PARAMS];
  private final Value[] resolved = new Value[MAX_PARAMS];
  private int nrParams;
  private int[] rest = new int[8];
  private int nrRest;
  private int firstWord;
  private String redirect;
  private String note = "";
  private boolean typed;

  /** Where an argument stands. */
  private static final class Slice {
    private boolean given;
    private boolean quoted;
    private int word;
    private int start;
    private int end;
  }

  Arguments(Lab lab, Expression expression) {
    this.lab = lab;
    this.expression = expression;
    for (int i = 0; i < MAX_PARAMS; i++) {
      params[i] = new Slice();
      options[i] = new Slice();
    }
  }

  /**
   * Takes the words from {@code first} on as the arguments of a command.
   *
   * @throws Refused when there are too many or too few, or an option is unknown
   */
  void parse(Usage usage, Words words, int first) {
    this.usage = usage;
    this.words = words;
    firstWord = first;
    nrParams = usage.params().size();
    nrRest = 0;
    redirect = null;
    note = "";
    clear(usage.options().size());
    if (usage.hasRedirect()) {
      splitRedirect(first);
    }
    int position = 0;
    boolean optionsEnd = usage.isRaw();
    for (int i = first; i < words.count(); i++) {
      if (optionsEnd || words.first(i) != '-' || !isOption(i)) {
        position = positional(position, i, first);
      } else if (words.is(i, "--")) {
        optionsEnd = true;
      } else {
        i = option(i);
      }
    }
    for (int i = 0; i < nrParams; i++) {
      if (!params[i].given && usage.params().get(i).required()) {
        throw wrongCount(first);
      }
    }
  }

  private void clear(int nrOptions) {
    for (int i = 0; i < nrParams; i++) {
      params[i].given = false;
      resolved[i] = null;
    }
    for (int i = 0; i < nrOptions; i++) {
      options[i].given = false;
    }
  }

  private boolean isOption(int i) {
    int start = words.start(i);
    if (words.end(i) - start < 2) {
      return false;
    }
    char second = words.line().charAt(start + 1);
    return second == '-' || (second >= 'a' && second <= 'z') || (second >= 'A' && second <= 'Z');
  }

  private int positional(int from, int word, int first) {
    int position = from;
    while (position < nrParams && params[position].given && !isRest(position)) {
      position++;
    }
    if (position == nrParams) {
      throw wrongCount(first);
    }
    if (isRest(position)) {
      addRest(word);
      if (params[position].given) {
        return position;
      }
    }
    set(params[position], word, words.start(word), words.end(word));
    return position;
  }

  private boolean isRest(int position) {
    return usage.params().get(position).rest();
  }

  private void addRest(int word) {
    if (nrRest == rest.length) {
      rest = Arrays.copyOf(rest, 2 * nrRest);
    }
    rest[nrRest++] = word;
  }

  private void set(Slice slice, int word, int start, int end) {
    slice.given = true;
    slice.word = word;
    slice.quoted = words.quoted(word);
    slice.start = start;
    slice.end = end;
  }

  /** Reads the option at word {@code i}; gives the last word it took. */
  private int option(int i) {
    String line = words.line();
    int start = words.start(i);
    int end = words.end(i);
    int equals = line.indexOf('=', start);
    int nameEnd = equals >= 0 && equals < end ? equals : end;
    boolean isShort = line.charAt(start + 1) != '-';
    if (isShort) {
      nameEnd = start + 2;
    }
    String name = line.substring(start, nameEnd);
    Slice slice = find(name);
    boolean takesValue = takesValue(name);
    if (nameEnd == end) {
      if (!takesValue) {
        set(slice, i, end, end);
        return i;
      }
      if (i + 1 == words.count()) {
        throw new Refused(name + " needs a value behind it");
      }
      set(slice, i + 1, words.start(i + 1), words.end(i + 1));
      return i + 1;
    }
    if (!takesValue) {
      throw new Refused(Words.show(words.typed(i)) + " has a value, but " + name + " takes none");
    }
    set(slice, i, isShort && equals != nameEnd ? nameEnd : nameEnd + 1, end);
    return i;
  }

  private Slice find(String name) {
    int option = optionIndex(name);
    if (option >= 0) {
      return options[option];
    }
    int param = paramIndex(name);
    if (param >= 0) {
      return params[param];
    }
    String[] known = knownOptions();
    String near = Suggest.nearest(name, known);
    throw new Refused(
        new Refusal(
            Words.show(name)
                + " is no option of "
                + usage.name()
                + ": it takes "
                + (usage.arguments().isEmpty() ? "no arguments" : usage.arguments()),
            "",
            near));
  }

  private boolean takesValue(String name) {
    int option = optionIndex(name);
    return option < 0 || !usage.options().get(option).label().isEmpty();
  }

  private String[] knownOptions() {
    StringBuilder names = new StringBuilder();
    for (Usage.Option option : usage.options()) {
      for (String name : option.names()) {
        names.append(name).append(' ');
      }
    }
    for (Usage.Param param : usage.params()) {
      names.append(longName(param)).append(' ');
    }
    return names.toString().trim().split(" ", -1);
  }

  private static String longName(Usage.Param param) {
    return "--" + param.label().toLowerCase(Locale.ROOT);
  }

  private int optionIndex(String name) {
    List<Usage.Option> all = usage.options();
    for (int i = 0; i < all.size(); i++) {
      if (all.get(i).names().contains(name)) {
        return i;
      }
    }
    return -1;
  }

  private int paramIndex(String name) {
    for (int i = 0; i < nrParams; i++) {
      if (longName(usage.params().get(i)).equals(name)) {
        return i;
      }
    }
    return -1;
  }

  private void splitRedirect(int first) {
    for (int i = first; i < words.count(); i++) {
      int sign = words.quoted(i) ? -1 : words.line().indexOf('>', words.start(i));
      if (sign >= 0 && sign < words.end(i)) {
        boolean attached = sign + 1 < words.end(i);
        int pathWords = words.count() - i - (attached ? 0 : 1);
        if (pathWords != 1) {
          throw new Refused("> needs one path behind it; there are " + pathWords + " words");
        }
        redirect = attached ? words.line().substring(sign + 1, words.end(i)) : words.word(i + 1);
        boolean alone = sign == words.start(i);
        words.truncate(alone ? i : i + 1);
        if (!alone) {
          words.endAt(i, sign);
        }
        return;
      }
    }
  }

  private Refused wrongCount(int first) {
    int got = words.count() - first;
    String takes = usage.arguments().isEmpty() ? "no arguments" : usage.arguments();
    return new Refused(
        usage.name() + " takes " + takes + "; got " + (got == 1 ? "1 word" : got + " words"));
  }

  /** Whether argument {@code i} was given. */
  public boolean has(int i) {
    return params[i].given;
  }

  /** Argument {@code i} without quotes. */
  public String word(int i) {
    return wordOf(params[i]);
  }

  private String wordOf(Slice slice) {
    if (!slice.given) {
      return "";
    }
    boolean whole = slice.start == words.start(slice.word) && slice.end == words.end(slice.word);
    return whole ? words.word(slice.word) : words.line().substring(slice.start, slice.end);
  }

  /** How many words the last argument took, when it takes all that are left. */
  public int nrRest() {
    return nrRest;
  }

  /** Word {@code i} of those the last argument took, without quotes. */
  public String rest(int i) {
    return words.word(rest[i]);
  }

  /** Whether word {@code i} of the last argument has quotes. */
  boolean restQuoted(int i) {
    return words.quoted(rest[i]);
  }

  /** All arguments as typed, from the first word to the end of the command. */
  public String text() {
    return firstWord < words.count()
        ? words.line().substring(words.start(firstWord), words.lastWordEnd())
        : "";
  }

  /** The path behind {@code >}, or null. */
  public String redirect() {
    return redirect;
  }

  /** The value of argument {@code i}, which was given. */
  public Value value(int i) {
    Value value = valueOf(params[i]);
    check(i, value);
    resolved[i] = value;
    return value;
  }

  private Value valueOf(Slice slice) {
    if (!slice.quoted) {
      return expression.evaluate(words.line(), slice.start, slice.end);
    }
    String word = wordOf(slice);
    return expression.evaluate(word, 0, word.length());
  }

  private void check(int i, Value value) {
    Value.Origin origin = value.origin();
    if (origin == null || origin.freedBy() == null) {
      return;
    }
    if (usage.params().get(i).use() != Usage.LOOKS) {
      throw new Refused(
          new Refusal(
              origin.label() + " was freed by `" + Words.show(origin.freedBy()) + "`",
              "A real kernel cannot tell: it would touch whatever lies there now",
              ""));
    }
  }

  /** Number {@code i}; {@code otherwise} when it was not given. */
  public long number(int i, long otherwise) {
    return has(i) ? number(i) : otherwise;
  }

  /** Number {@code i}, which was given: any 64-bit number. */
  public long number(int i) {
    return plainNumber(value(i));
  }

  private static long plainNumber(Value value) {
    boolean keptAddress = value.isAddress() && value.origin() != null;
    if (value.kind() == Value.PAGE || keptAddress) {
      String name = Arithmetic.name(value);
      throw new Refused(
          name
              + " is "
              + value.describeKind()
              + ", not a number: "
              + name
              + (value.kind() == Value.PAGE ? ".pfn" : ".addr")
              + " is one");
    }
    return Arithmetic.toNumber(value);
  }

  /** An order, 0..{@value #MAX_ORDER}. */
  public int order(int i) {
    long order = number(i);
    if (order < 0 || order > MAX_ORDER) {
      throw new Refused("order " + order + " is not one of 0.." + MAX_ORDER);
    }
    return (int) order;
  }

  /** A number of things, 1..{@code most}. */
  public int count(int i, int most) {
    return inRange(number(i), 1, most);
  }

  /** A number {@code least}..{@code most}. */
  public int inRange(int i, int least, int most) {
    return inRange(number(i), least, most);
  }

  private int inRange(long number, int least, int most) {
    if (number < least || number > most) {
      throw new Refused(number + " is not one of " + least + ".." + most);
    }
    return (int) number;
  }

  /** A number of bytes, 0 or more. */
  public long bytes(int i) {
    long bytes = number(i);
    if (bytes < 0) {
      throw new Refused(bytes + " is no size: a size is 0 or more bytes");
    }
    return bytes;
  }

  /** The number of a cache, by its name or a value. */
  public int cache(int i) {
    if (word(i).startsWith("$")) {
      Value value = value(i);
      if (value.kind() == Value.CACHE) {
        return (int) value.number();
      }
      throw new Refused(Arithmetic.name(value) + " is " + value.describeKind() + ", not a cache");
    }
    String name = word(i);
    Slabs slab = lab.session().machine().slab();
    int cache = slab == null ? Slabs.NO_CACHE : slab.find(name);
    if (cache == Slabs.NO_CACHE) {
      throw new Refused(
          new Refusal(
              Words.show(name) + " is no cache: kmem_cache_create makes one",
              "",
              Suggest.nearest(name, lab.facts().cacheNames())));
    }
    return cache;
  }

  /** The name by which {@link #cache} was found. */
  public String cacheName(int i) {
    return word(i).startsWith("$") ? value(i).text() : word(i);
  }

  /** The address of an object: a value or a number; 0 for NULL. */
  public long object(int i) {
    return object(value(i));
  }

  /** The address of an object; 0 for NULL. */
  static long object(Value value) {
    if (value.isNull()) {
      return 0;
    }
    if (!value.isAddress() && value.kind() != Value.NUMBER) {
      throw new Refused(Arithmetic.name(value) + " is " + value.describeKind() + ", not an object");
    }
    return value.number();
  }

  /** A mask; GFP_KERNEL when it was not given. */
  public int gfp(int i) {
    if (!has(i)) {
      return Gfp.GFP_KERNEL;
    }
    String word = word(i);
    return word.startsWith("$") ? gfpNumber(number(i)) : GfpWords.parse(word);
  }

  private static int gfpNumber(long bits) {
    if ((bits & ~Gfp.VALID) != 0) {
      throw new Refused("0x" + Long.toHexString(bits) + " has bits that no GFP mask has");
    }
    return (int) bits;
  }

  /** A page: a page value or a pfn of this machine. A literal pfn has order 0 and no origin. */
  public Value page(int i) {
    Value page = asPage(value(i));
    resolved[i] = page;
    return page;
  }

  private Value asPage(Value value) {
    if (value.kind() == Value.NUMBER) {
      long pfn = value.number();
      if (pfn < 0 || pfn >= lab.facts().endPfn()) {
        throw beyond(pfn);
      }
      return Value.page((int) pfn, 0);
    }
    if (value.kind() != Value.PAGE) {
      String name = Arithmetic.name(value);
      throw new Refused(
          name
              + (value.isNull() ? " is NULL: there is no page" : " is " + value.describeKind())
              + (value.isNull() ? "" : ", not a page"));
    }
    if (value.number() >= lab.facts().endPfn()) {
      throw beyond(value.number());
    }
    return value;
  }

  private Refused beyond(long pfn) {
    return new Refused(
        "pfn "
            + (pfn < 0 ? Long.toString(pfn) : "0x" + Long.toHexString(pfn))
            + " is not one of 0..0x"
            + Long.toHexString(lab.facts().endPfn() - 1));
  }

  /** The page of argument {@code i} or, when it was not given, the last page value; says which. */
  public Value pageOrLast(int i) {
    return has(i) ? page(i) : last(i, Value.PAGE);
  }

  /** The value of argument {@code i} or, when it was not given, the last of a kind; says which. */
  public Value valueOrLast(int i, int kind) {
    return has(i) ? value(i) : last(i, kind);
  }

  private Value last(int i, int kind) {
    Value last = lab.values().lastOf(kind);
    if (last == null) {
      throw new Refused(
          usage.name()
              + " takes "
              + usage.arguments()
              + ": there is no "
              + Value.kindName(kind)
              + " yet that could stand in for "
              + usage.params().get(i).label());
    }
    note = usage.name() + ": using " + last.origin().label();
    return last;
  }

  /** An address: an address value or a number, taken as unsigned. */
  public long address(int i) {
    return Arithmetic.toNumber(value(i));
  }

  /** The kernel name of a zone of this machine, typed in any case. */
  public String zone(int i) {
    String word = word(i);
    String[] zones = lab.facts().zoneNames();
    for (String zone : zones) {
      if (zone.equalsIgnoreCase(word)) {
        return zone;
      }
    }
    throw new Refused(
        new Refusal(
            Words.show(word) + " is no zone of this machine: there are " + String.join(", ", zones),
            "",
            Suggest.nearest(word, zones)));
  }

  /** A migratetype, see {@link Migratetype}. */
  public int migratetype(int i) {
    int type = Migratetype.parse(word(i));
    if (type < 0) {
      throw new Refused(
          Words.show(word(i))
              + " is no migratetype: there are Unmovable, Movable, Reclaimable, HighAtomic, CMA,"
              + " Isolate");
    }
    return type;
  }

  /** Whether an option was given. */
  public boolean hasOption(String name) {
    return options[optionIndex(name)].given;
  }

  /** The value of an option as a word, empty when it was not given. */
  public String option(String name) {
    return wordOf(options[optionIndex(name)]);
  }

  /** The value of an option as a number {@code least}..{@code most}, or {@code otherwise}. */
  public int option(String name, int otherwise, int least, int most) {
    Slice slice = options[optionIndex(name)];
    return slice.given ? inRange(plainNumber(valueOf(slice)), least, most) : otherwise;
  }

  /** The value of an option as a number of bytes, or {@code otherwise}. */
  public long bytesOption(String name, long otherwise) {
    Slice slice = options[optionIndex(name)];
    long bytes = slice.given ? plainNumber(valueOf(slice)) : otherwise;
    if (bytes < 0) {
      throw new Refused(bytes + " is no size: a size is 0 or more bytes");
    }
    return bytes;
  }

  /** Adds something that is to be known besides the answer. */
  void addNote(String more) {
    note = note.isEmpty() ? more : note + "; " + more;
  }

  /** Says whether a person types the lines. */
  void setTyped(boolean typed) {
    this.typed = typed;
  }

  /** Whether a person types the lines, who can be asked again. */
  boolean typed() {
    return typed;
  }

  /** Which value stood in for an argument, or empty. */
  String note() {
    return note;
  }

  /** The value that success frees, or null when there is none or it is a literal. */
  Value freed() {
    for (int i = 0; i < nrParams; i++) {
      Value value = resolved[i];
      if (value != null && usage.params().get(i).use() == Usage.FREES) {
        Value.Origin origin = value.origin();
        return origin != null && origin.offset() == 0 ? value : null;
      }
    }
    return null;
  }

  /** Evaluates a condition, see {@link Expression#check}. */
  String check(String condition) {
    return expression.check(condition, 0, condition.length());
  }

  /** Evaluates an expression that is not one of the arguments. */
  Value evaluate(String text) {
    return expression.evaluate(text, 0, text.length());
  }

  public Session session() {
    return lab.session();
  }

  public Lab lab() {
    return lab;
  }
}
