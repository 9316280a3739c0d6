package kmemsh.command;

import java.util.Locale;
import kmemsh.lang.Suggest;
import kmemsh.lang.Words;
import kmemsh.op.Refused;
import kmemsh.view.Refusal;

/** The options of a line and what else few lines have, as a part of {@link ArgumentWords}. */
final class OptionWords {
  private OptionWords() {}

  /** Reads the option at word {@code i}; gives the last word it took. */
  static int read(ArgumentWords target, int i) {
    Words words = target.words;
    String line = words.line();
    int start = words.start(i);
    int end = words.end(i);
    int equals = line.indexOf('=', start);
    int nameEnd = equals >= 0 && equals < end ? equals : end;
    boolean isShort = line.charAt(start + 1) != '-';
    boolean isNumber = isShort && Character.isDigit(line.charAt(start + 1));
    if (isShort && !isNumber) {
      nameEnd = start + 2;
    }
    String name = line.substring(start, nameEnd);
    ArgumentWords.Slice slice = find(target, name);
    boolean takesValue = takesValue(target.usage, name);
    if (nameEnd == end) {
      if (!takesValue) {
        target.set(slice, i, end, end);
        return i;
      }
      if (i + 1 == words.count()) {
        throw new Refused(name + " needs a value behind it");
      }
      target.set(slice, i + 1, words.start(i + 1), words.end(i + 1));
      return i + 1;
    }
    if (!takesValue) {
      throw new Refused(Words.show(words.typed(i)) + " has a value, but " + name + " takes none");
    }
    target.set(slice, i, isShort && equals != nameEnd ? nameEnd : nameEnd + 1, end);
    return i;
  }

  private static ArgumentWords.Slice find(ArgumentWords target, String name) {
    Usage usage = target.usage;
    int option = usage.optionIndex(name);
    if (option >= 0) {
      return target.options[option];
    }
    int param = paramIndex(usage, name);
    if (param >= 0) {
      return target.params[param];
    }
    String[] known = knownOptions(usage);
    boolean help = name.equals("--help") || name.equals("-h");
    String near = help ? "help " + usage.name() : Suggest.nearest(name, known);
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

  private static boolean takesValue(Usage usage, String name) {
    int option = usage.optionIndex(name);
    return option < 0 || !usage.options().get(option).label().isEmpty();
  }

  private static String[] knownOptions(Usage usage) {
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

  private static int paramIndex(Usage usage, String name) {
    for (int i = 0; i < usage.params().size(); i++) {
      if (longName(usage.params().get(i)).equals(name)) {
        return i;
      }
    }
    return -1;
  }

  /** Cuts {@code > PATH} off the words; gives the path, or null when there is none. */
  static String splitRedirect(Words words, int first) {
    for (int i = first; i < words.count(); i++) {
      int sign = words.quoted(i) ? -1 : words.line().indexOf('>', words.start(i));
      if (sign >= 0 && sign < words.end(i)) {
        boolean attached = sign + 1 < words.end(i);
        if (attached && words.line().charAt(sign + 1) == '>') {
          String before = words.line().substring(words.start(0), sign);
          String once = before + words.line().substring(sign + 1, words.lastWordEnd());
          throw new Refused(new Refusal(">> appends, which nothing here does: > writes", "", once));
        }
        int pathWords = words.count() - i - (attached ? 0 : 1);
        if (pathWords != 1) {
          throw new Refused("> needs one path behind it; there are " + pathWords + " words");
        }
        String path = attached ? words.line().substring(sign + 1, words.end(i)) : words.word(i + 1);
        boolean alone = sign == words.start(i);
        words.truncate(alone ? i : i + 1);
        if (!alone) {
          words.endAt(i, sign);
        }
        return path;
      }
    }
    return null;
  }

  static Refused wrongCount(Usage usage, Words words, int first) {
    String takes = usage.arguments().isEmpty() ? "no arguments" : usage.arguments();
    String got = got(words.count() - first);
    return new Refused(
        usage.name() + " takes " + takes + "; " + got + ": see help " + usage.name());
  }

  static String got(int words) {
    return words == 0 ? "got none" : words == 1 ? "got 1 word" : "got " + words + " words";
  }
}
