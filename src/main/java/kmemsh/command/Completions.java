package kmemsh.command;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import kmemsh.lang.Functions;
import kmemsh.lang.Value;
import kmemsh.machine.ContextRules;
import kmemsh.session.Marks;
import kmemsh.text.Text;
import kmemsh.view.Gfp;
import kmemsh.view.Migratetype;

/** What can be typed next, and how a typed line is highlighted. Knows no terminal. */
public final class Completions {
  private static final int MOST_VALUES = 50;
  private static final int MOST_FILES = 500;

  private final Lab lab;
  private final CommandTable table;
  private final LineStyles styles;

  public Completions(Lab lab, CommandTable table) {
    this.lab = lab;
    this.table = table;
    this.styles = new LineStyles(lab, table);
  }

  /**
   * One possible word.
   *
   * @param start where in the line it begins: it replaces everything from there to the cursor
   * @param word the word
   * @param description one line, or empty
   * @param complete whether a blank follows it
   */
  public record Candidate(int start, String word, String description, boolean complete) {}

  /** Gathers the words that begin like what is typed. */
  private static final class Found {
    private final List<Candidate> all = new ArrayList<>();
    private final int start;
    private final String typed;

    Found(int start, String typed) {
      this.start = start;
      this.typed = typed;
    }

    void add(String word, String description, boolean complete) {
      if (word.regionMatches(true, 0, typed, 0, typed.length())) {
        all.add(new Candidate(start, word, description, complete));
      }
    }
  }

  /** The words that fit before the cursor, in the order in which to show them. */
  public List<Candidate> candidates(String line, int cursor) {
    LinePlace place = new LinePlace(line, cursor, table);
    String word = place.word();
    if (place.state() == LinePlace.NOWHERE) {
      return List.of();
    }
    int cut = lastSeparator(word);
    Found found = new Found(place.wordStart() + cut, word.substring(cut));
    if (found.typed.startsWith("$")) {
      addValues(found);
    } else if (place.state() == LinePlace.COMMAND) {
      addCommands(found);
    } else if (place.state() == LinePlace.ARGUMENT) {
      return arguments(line.substring(0, cursor), place, found);
    }
    return found.all;
  }

  /** Where the part of a word begins that a new name can stand for. */
  private static int lastSeparator(String word) {
    int at = word.length();
    while (at > 0 && "|+-*%(,=<>![&".indexOf(word.charAt(at - 1)) < 0) {
      at--;
    }
    return at;
  }

  private List<Candidate> arguments(String line, LinePlace place, Found part) {
    String word = place.word();
    Found whole = new Found(place.wordStart(), word);
    Usage usage = place.command().usage();
    if (place.inRedirect()) {
      int sign = word.startsWith(">") ? 1 : 0;
      Found path = new Found(place.wordStart() + sign, word.substring(sign));
      addProcPaths(path);
      return path.all;
    }
    Usage.Option option = usage.isRaw() ? null : place.option();
    if (option != null) {
      addChoices(usage, option.label(), line, whole, part);
      addKind(option.kind(), whole, part);
    } else if (word.startsWith("-") && !usage.isRaw()) {
      addOptions(usage, whole);
      return whole.all;
    } else if (place.param() != null) {
      addChoices(usage, place.param().label(), line, whole, part);
      addKind(place.param().kind(), whole, part);
    }
    whole.all.addAll(part.all);
    return whole.all;
  }

  private static void addChoices(Usage usage, String label, String line, Found whole, Found part) {
    for (String word : Choices.of(usage.name(), label, line)) {
      whole.add(word, "", true);
    }
    for (String topic : Choices.topics(usage.name(), label)) {
      whole.add(topic, "", true);
    }
    for (String flag : Choices.flags(usage.name(), label)) {
      part.add(flag, "", false);
    }
  }

  private void addOptions(Usage usage, Found found) {
    for (Usage.Option option : usage.options()) {
      for (String name : option.names()) {
        found.add(name, option.description(), true);
      }
    }
    for (Usage.Param param : usage.params()) {
      found.add("--" + param.label().toLowerCase(Locale.ROOT), param.description(), true);
    }
  }

  private void addKind(ArgKind kind, Found whole, Found part) {
    switch (kind) {
      case ORDER -> addOrders(whole);
      case GFP -> addGfp(part);
      case PAGE, ADDRESS, VALUE -> addValues(whole);
      case CACHE -> {
        addValues(whole);
        for (String cache : lab.facts().cacheNames()) {
          whole.add(cache, "cache", true);
        }
      }
      case ZONE -> addZones(whole);
      case MIGRATETYPE -> addMigratetypes(whole);
      case CONTEXT -> {
        for (String context : ContextRules.names()) {
          whole.add(context, "", true);
        }
      }
      case FILE -> addFiles(whole);
      case PROC_PATH -> addProcPaths(whole);
      case COMMAND -> addCommands(whole);
      case TOPIC -> {
        addCommands(whole);
        for (String group : table.groups()) {
          whole.add(group, table.title(group), true);
        }
      }
      case METRIC -> {
        for (String[] metric : Metrics.NAMES) {
          whole.add(metric[0], metric[1], true);
        }
      }
      case MARK -> {
        for (Marks.Mark mark : lab.session().marks().list()) {
          whole.add(mark.name(), "at " + mark.moment(), true);
        }
      }
      case EXPRESSION -> addExpression(part);
      default -> {}
    }
  }

  private void addCommands(Found found) {
    for (String name : table.names()) {
      if (name.startsWith(found.typed)) {
        found.add(name, table.command(name).usage().summary(), true);
      }
    }
  }

  private static void addOrders(Found found) {
    for (int order = 0; order <= Arguments.MAX_ORDER; order++) {
      int pages = 1 << order;
      found.add(Integer.toString(order), pages + " pages, " + 4 * pages + " KiB", true);
    }
  }

  private static void addGfp(Found found) {
    String[] names = Gfp.names();
    Arrays.sort(names);
    for (String name : names) {
      found.add(name, "0x" + Integer.toHexString(Gfp.parseName(name)), false);
    }
  }

  private void addZones(Found found) {
    for (String zone : lab.facts().zoneNames()) {
      found.add(zone, "", true);
    }
  }

  private void addMigratetypes(Found found) {
    boolean all = lab.session().machine().profile().cma();
    int nr = all ? Migratetype.NR_TYPES : Migratetype.MIGRATE_CMA;
    for (int type = 0; type < nr; type++) {
      found.add(Migratetype.name(type), "", true);
    }
  }

  private void addExpression(Found found) {
    if (found.typed.indexOf('.') > 0) {
      int dot = found.typed.lastIndexOf('.');
      Found fields = new Found(found.start + dot + 1, found.typed.substring(dot + 1));
      for (String field : Functions.zoneFields()) {
        fields.add(field, "pages", false);
      }
      found.all.addAll(fields.all);
      return;
    }
    for (String[] function : Functions.functions()) {
      found.add(function[0] + "(", function[1] + ": " + function[2], false);
    }
    addZones(found);
    addValues(found);
  }

  private void addValues(Found found) {
    int dot = found.typed.lastIndexOf('.');
    if (found.typed.startsWith("$") && dot > 0) {
      Found fields = new Found(found.start + dot + 1, found.typed.substring(dot + 1));
      for (String[] field : fields(found.typed.substring(1, dot))) {
        fields.add(field[0], field[1], true);
      }
      found.all.addAll(fields.all);
      return;
    }
    String[] names = lab.values().names();
    Arrays.sort(names);
    for (String name : names) {
      found.add("$" + name, describe(lab.values().named(name)), false);
    }
    int count = lab.values().count();
    for (int n = count; n > Math.max(0, count - MOST_VALUES); n--) {
      found.add("$" + n, describe(lab.values().get(n)), false);
    }
  }

  /** The fields of the value of that name; all there are when it is none, such as $1[3]. */
  private String[][] fields(String name) {
    boolean number = name.matches("[0-9]{1,9}");
    Value value = number ? lab.values().get(Integer.parseInt(name)) : lab.values().named(name);
    return value == null ? Functions.fields() : Functions.fieldsOf(value);
  }

  private static String describe(Value value) {
    boolean isFreed = value.origin() != null && value.origin().freedAt() != 0;
    String kind = value.describeKind();
    boolean hasNumber = value.kind() == Value.PAGE || value.isAddress();
    return (hasNumber ? kind + " " + value.show() : kind) + (isFreed ? ", freed" : "");
  }

  private void addProcPaths(Found found) {
    int slash = found.typed.lastIndexOf('/');
    if (slash < 0) {
      found.add("/proc/", "", false);
      found.add("/sys/", "", false);
      return;
    }
    String directory = slash == 0 ? "/" : found.typed.substring(0, slash);
    PathLister paths = lab.paths() == null ? new ProcTree(lab.session()) : lab.paths();
    String[] names = paths.list(directory);
    for (String name : names) {
      found.add(found.typed.substring(0, slash + 1) + name, "", !name.endsWith("/"));
    }
  }

  private static void addFiles(Found found) {
    int slash = found.typed.lastIndexOf('/');
    String prefix = found.typed.substring(0, slash + 1);
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(Path.of(prefix.isEmpty() ? "." : prefix))) {
      for (Path file : files) {
        String name = file.getFileName().toString();
        if (name.startsWith(found.typed.substring(slash + 1)) && names.size() < MOST_FILES) {
          names.add(prefix + name + (Files.isDirectory(file) ? "/" : ""));
        }
      }
    } catch (IOException | InvalidPathException unreadable) {
      return;
    }
    names.sort(Comparator.naturalOrder());
    for (String name : names) {
      found.add(name, "", !name.endsWith("/"));
    }
  }

  /** What the argument at the cursor means, in one line; or empty. */
  public String hint(String line, int cursor) {
    LinePlace place = new LinePlace(line, cursor, table);
    if (place.state() == LinePlace.COMMAND) {
      Command typed = table.command(place.word());
      return typed == null ? "" : typed.usage().synopsis() + ": " + typed.usage().summary();
    }
    if (place.state() != LinePlace.ARGUMENT) {
      return "";
    }
    Usage usage = place.command().usage();
    Usage.Option option = usage.isRaw() ? null : place.option();
    if (option != null) {
      return option.label() + ": " + option.description();
    }
    Usage.Param param = place.param();
    if (param == null) {
      return usage.arguments().isEmpty() ? usage.name() + " takes no arguments" : "";
    }
    String means = param.kind().means();
    return param.label() + ": " + param.description() + (means.isEmpty() ? "" : " (" + means + ")");
  }

  /** The line with a style for each part; its characters are those of {@code line}. */
  public Text highlight(String line) {
    return styles.of(line);
  }
}
