package kmemsh.command;

import java.util.Locale;
import kmemsh.lang.Arithmetic;
import kmemsh.lang.Expression;
import kmemsh.lang.GfpWords;
import kmemsh.lang.Numbers;
import kmemsh.lang.Value;
import kmemsh.lang.Words;
import kmemsh.op.Refused;
import kmemsh.session.Session;
import kmemsh.view.Gfp;
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
  private final ArgumentWords parsed = new ArgumentWords();
  private final Value[] evaluated = new Value[MAX_PARAMS];
  private final Value[] resolved = new Value[MAX_PARAMS];
  private String note = "";
  private boolean typed;
  private boolean alwaysPlain;
  private int columns = TranscriptRun.COLUMNS;

  Arguments(Lab lab, Expression expression) {
    this.lab = lab;
    this.expression = expression;
  }

  /**
   * Takes the words from {@code first} on as the arguments of a command.
   *
   * @throws Refused when there are too many or too few, or an option is unknown
   */
  void parse(Usage usage, Words words, int first) {
    note = "";
    for (int i = usage.params().size() - 1; i >= 0; i--) {
      evaluated[i] = null;
      resolved[i] = null;
    }
    parsed.parse(usage, words, first);
  }

  /** What the command takes. */
  Usage usage() {
    return parsed.usage;
  }

  /** Whether argument {@code i} was given. */
  public boolean has(int i) {
    return parsed.params[i].given;
  }

  /** Argument {@code i} without quotes. */
  public String word(int i) {
    return parsed.wordOf(parsed.params[i]);
  }

  /** How many words the last argument took, when it takes all that are left. */
  public int nrRest() {
    return parsed.nrRest();
  }

  /** Word {@code i} of those the last argument took, without quotes. */
  public String rest(int i) {
    return parsed.words.word(parsed.rest(i));
  }

  /** Whether word {@code i} of the last argument has quotes. */
  boolean restQuoted(int i) {
    return parsed.words.quoted(parsed.rest(i));
  }

  /** All arguments as typed, from the first word to the end of the command. */
  public String text() {
    return parsed.text();
  }

  /** The path behind {@code >}, or null. */
  public String redirect() {
    return parsed.redirect();
  }

  /** The value of argument {@code i}, which was given. */
  public Value value(int i) {
    Value value = evaluated[i];
    if (value == null) {
      value = valueOf(parsed.params[i]);
      check(i, value);
      evaluated[i] = value;
    }
    resolved[i] = value;
    return value;
  }

  private Value valueOf(ArgumentWords.Slice slice) {
    if (!slice.quoted) {
      return expression.evaluate(parsed.words.line(), slice.start, slice.end);
    }
    String word = parsed.wordOf(slice);
    return expression.evaluate(word, 0, word.length());
  }

  private void check(int i, Value value) {
    Value.Origin origin = value.origin();
    if (origin == null || origin.freedAt() == 0) {
      return;
    }
    int use = parsed.usage.params().get(i).use();
    if (use == Usage.FREES && lab.session().machine().profile().letsThrough()) {
      return;
    }
    if (use != Usage.LOOKS) {
      live(value);
    }
  }

  /** Refuses a value whose block was freed, whoever has it now. */
  void live(Value value) {
    Value.Origin origin = value.origin();
    if (origin != null && origin.freedAt() != 0) {
      throw new Refused(
          new Refusal(
              origin.label() + " was freed by `" + Words.show(lineAt(origin.freedAt())) + "`",
              "A real kernel cannot tell: it would touch whatever lies there now",
              ""));
    }
  }

  private String lineAt(int moment) {
    return lab.session().textAt(moment);
  }

  /** Number {@code i}; {@code otherwise} when it was not given. */
  public long number(int i, long otherwise) {
    return has(i) ? number(i) : otherwise;
  }

  /** Number {@code i}, which was given: any 64-bit number. */
  public long number(int i) {
    ArgumentWords.Slice slice = parsed.params[i];
    return isNumber(i)
        ? Numbers.plain(parsed.words.line(), slice.start, slice.end)
        : plainNumber(value(i));
  }

  /** Whether argument {@code i} is a plain decimal number. */
  boolean isNumber(int i) {
    ArgumentWords.Slice slice = parsed.params[i];
    return !slice.quoted && Numbers.isPlain(parsed.words.line(), slice.start, slice.end);
  }

  private static long plainNumber(Value value) {
    return value.kind() == Value.NUMBER ? value.number() : ArgumentKinds.number(value);
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
    return inRange(i, 1, most);
  }

  /** A number {@code least}..{@code most}. */
  public int inRange(int i, int least, int most) {
    long number = number(i);
    if (number < least || number > most) {
      String label = parsed.usage.params().get(i).label();
      String what = label.length() == 1 ? "" : label.toLowerCase(Locale.ROOT) + " ";
      throw outside(what, number, least, most);
    }
    return (int) number;
  }

  private static Refused outside(String what, long number, int least, int most) {
    return new Refused(what + number + " is not one of " + least + ".." + most);
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
    String word = word(i);
    return word.startsWith("$")
        ? ArgumentKinds.cache(lab, value(i))
        : ArgumentKinds.cacheNamed(lab, word);
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
    long number = value.number();
    boolean plain = value.kind() == Value.NUMBER;
    if (number < 0
        || number >= lab.session().machine().nrFrames()
        || !(plain || value.kind() == Value.PAGE)) {
      throw ArgumentKinds.noPage(lab, value);
    }
    return plain ? Value.page((int) number, 0) : value;
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
      throw ArgumentKinds.noLast(parsed.usage, i, kind);
    }
    note = parsed.usage.name() + ": using " + last.origin().label();
    return last;
  }

  /** An address: an address value or a number, taken as unsigned. */
  public long address(int i) {
    return Arithmetic.toNumber(value(i));
  }

  /** The kernel name of a zone of this machine, typed in any case. */
  public String zone(int i) {
    return ArgumentKinds.zone(lab, word(i));
  }

  /** A migratetype, see {@link kmemsh.view.Migratetype}. */
  public int migratetype(int i) {
    return ArgumentKinds.migratetype(word(i));
  }

  /** Whether a command that can draw is to tell the facts in words. */
  public boolean plain() {
    return alwaysPlain || hasOption(LookCommand.PLAIN);
  }

  /** Whether every command that can draw is. */
  boolean isAlwaysPlain() {
    return alwaysPlain;
  }

  void setAlwaysPlain() {
    alwaysPlain = true;
  }

  /** The width for which answers are drawn. */
  int columns() {
    return columns;
  }

  void setColumns(int columns) {
    this.columns = columns;
  }

  /** Whether an option was given. */
  public boolean hasOption(String name) {
    return parsed.options[parsed.usage.optionIndex(name)].given;
  }

  /** The value of an option as a word, empty when it was not given. */
  public String option(String name) {
    return parsed.wordOf(parsed.options[parsed.usage.optionIndex(name)]);
  }

  /** The value of an option as a number {@code least}..{@code most}, or {@code otherwise}. */
  public int option(String name, int otherwise, int least, int most) {
    ArgumentWords.Slice slice = parsed.options[parsed.usage.optionIndex(name)];
    if (!slice.given) {
      return otherwise;
    }
    long number = plainNumber(valueOf(slice));
    if (number < least || number > most) {
      throw outside(name + " ", number, least, most);
    }
    return (int) number;
  }

  /** The value of an option as a number of bytes, or {@code otherwise}. */
  public long bytesOption(String name, long otherwise) {
    ArgumentWords.Slice slice = parsed.options[parsed.usage.optionIndex(name)];
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
    for (int i = 0; i < parsed.nrParams; i++) {
      Value value = resolved[i];
      if (value != null && parsed.usage.params().get(i).use() == Usage.FREES) {
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
