package kmemsh.shell;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The program's arguments, taken apart without a library: this runs at every start.
 *
 * <p>Options may stand before and after SCRIPT; behind a word of {@link #isWord} everything belongs
 * to that command. {@code --} ends the options.
 */
final class Options {
  /** Commands that can stand in the place of a script. */
  static final String[] WORDS = {
    "replay",
    "verify",
    "help",
    "completion",
    "drill",
    "interview",
    "lesson",
    "myths",
    "tour",
    "check"
  };

  /**
   * Values by the names of {@link ProgramOption}; a switch has its name. Null when none is given.
   */
  private Map<String, String> values;

  private String script = "";
  private final List<String> words = new ArrayList<>();

  private Options() {}

  /**
   * Takes the arguments apart.
   *
   * @throws UsageError for an unknown option, a missing or wrong value, or more than one script
   */
  static Options parse(String[] arguments) throws UsageError {
    Options options = new Options();
    int at = 0;
    boolean plain = false;
    while (at < arguments.length) {
      String argument = arguments[at++];
      if (plain || argument.isEmpty() || argument.charAt(0) != '-' || argument.equals("-")) {
        at = options.positional(arguments, at, plain);
      } else if (argument.equals("--")) {
        plain = true;
      } else if (argument.startsWith("--")) {
        at = options.longOption(argument, arguments, at);
      } else {
        at = options.shortOptions(argument, arguments, at);
      }
    }
    options.check();
    return options;
  }

  private int positional(String[] arguments, int at, boolean plain) throws UsageError {
    String word = arguments[at - 1];
    if (!plain && script.isEmpty() && isWord(word)) {
      for (int i = at - 1; i < arguments.length; i++) {
        i = word(arguments, i);
      }
      return arguments.length;
    }
    if (!script.isEmpty()) {
      throw new UsageError(word + ": only one script can be run, and that is " + script);
    }
    if (word.isEmpty()) {
      throw new UsageError("'': the name of a script is not empty");
    }
    script = word;
    return at;
  }

  /** A word of a command, or --output, which decides how any answer is written. */
  private int word(String[] arguments, int at) throws UsageError {
    String output = ProgramOption.OUTPUT;
    if (arguments[at].equals(output) || arguments[at].startsWith(output + "=")) {
      return longOption(arguments[at], arguments, at + 1) - 1;
    }
    words.add(arguments[at]);
    return at;
  }

  private int longOption(String argument, String[] arguments, int at) throws UsageError {
    int equals = argument.indexOf('=');
    String name = equals < 0 ? argument : argument.substring(0, equals);
    ProgramOption option = ProgramOption.named(name);
    if (option == null) {
      throw new UsageError(name + " is not an option; kmemsh --help lists them");
    }
    if (!option.takesValue()) {
      if (equals >= 0) {
        throw new UsageError(argument + ": " + name + " takes no value");
      }
      set(option, name);
      return at;
    }
    if (equals >= 0) {
      set(option, argument.substring(equals + 1));
      return at;
    }
    set(option, valueOf(name, option, arguments, at));
    return at + 1;
  }

  private int shortOptions(String argument, String[] arguments, int at) throws UsageError {
    for (int i = 1; i < argument.length(); i++) {
      String name = "-" + argument.charAt(i);
      ProgramOption option = ProgramOption.named(name);
      if (option == null) {
        throw new UsageError(name + " is not an option; kmemsh --help lists them");
      }
      if (!option.takesValue()) {
        set(option, name);
      } else if (i + 1 < argument.length()) {
        set(option, argument.substring(i + 1));
        return at;
      } else {
        set(option, valueOf(name, option, arguments, at));
        return at + 1;
      }
    }
    return at;
  }

  private static String valueOf(String name, ProgramOption option, String[] arguments, int at)
      throws UsageError {
    if (at == arguments.length) {
      throw new UsageError(name + " needs a value: " + name + " " + option.label);
    }
    return arguments[at];
  }

  private void set(ProgramOption option, String value) {
    if (values == null) {
      values = new HashMap<>();
    }
    values.put(option.name(), value);
  }

  private void check() throws UsageError {
    oneOf(ProgramOption.OUTPUT, "text", "plain", "json");
    oneOf(ProgramOption.COLOR, "auto", "always", "never");
    if (has(ProgramOption.COMMANDS) && !script.isEmpty()) {
      throw new UsageError(script + ": a script and -c exclude each other");
    }
    if (has(ProgramOption.COMMANDS) && !words.isEmpty()) {
      throw new UsageError(words.get(0) + ": a command and -c exclude each other");
    }
  }

  private void oneOf(String option, String a, String b, String c) throws UsageError {
    String value = value(option);
    if (value != null && !value.equals(a) && !value.equals(b) && !value.equals(c)) {
      throw new UsageError(value + ": " + option + " is " + a + ", " + b + " or " + c);
    }
  }

  /** Whether {@code word} in the place of a script is a command instead. */
  static boolean isWord(String word) {
    for (String known : WORDS) {
      if (known.equals(word)) {
        return true;
      }
    }
    return false;
  }

  /** Whether the option with one of the names of {@link ProgramOption} was given. */
  boolean has(String option) {
    return value(option) != null;
  }

  /** The option's value, or null when it was not given. */
  String value(String option) {
    return values == null ? null : values.get(option);
  }

  /** The script, {@code -} for standard input, or empty. */
  String script() {
    return script;
  }

  /** A command and its arguments, or empty. */
  List<String> words() {
    return words;
  }

  /** The given options that describe the hardware, each {@code --name=value}. */
  List<String> machineOptions() {
    List<String> given = new ArrayList<>();
    if (values == null) {
      return given;
    }
    for (String name : ProgramOption.HARDWARE) {
      if (has(name)) {
        given.add(ProgramOption.named(name).takesValue() ? name + "=" + value(name) : name);
      }
    }
    return given;
  }
}
