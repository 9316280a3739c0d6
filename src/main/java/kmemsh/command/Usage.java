package kmemsh.command;

import java.util.ArrayList;
import java.util.List;

/**
 * The one declaration of a command: its name, its arguments and what it is for. The direct parser,
 * help, completion, hints, the man page and the picocli model all work from it.
 */
public final class Usage {
  private final String name;
  private final String group;
  private final String summary;
  private String prototype = "";
  private final List<Param> params = new ArrayList<>();
  private final List<Option> options = new ArrayList<>(0);
  private boolean raw;
  private boolean redirects;

  /**
   * A positional argument.
   *
   * @param label in capitals; its small form is the long option that names the argument
   * @param defaultText what stands in for it, for people; empty when nothing does
   * @param rest whether it takes all words that are left
   * @param use {@link #LOOKS}, {@link #NEEDS_LIVE} or {@link #FREES}
   */
  public record Param(
      String label,
      ArgKind kind,
      boolean required,
      String defaultText,
      String description,
      boolean rest,
      int use) {}

  /** The argument may be a value whose block was freed. */
  public static final int LOOKS = 0;

  /** A value whose block was freed is refused. */
  public static final int NEEDS_LIVE = 1;

  /** Like {@link #NEEDS_LIVE}, and success frees the block. */
  public static final int FREES = 2;

  /**
   * An option.
   *
   * @param names long ones with two dashes, short ones with one
   * @param label of its value, empty for an option without one
   */
  public record Option(
      List<String> names, String label, ArgKind kind, String defaultText, String description) {}

  /**
   * Starts a declaration.
   *
   * @param group one of {@link CommandTable#groups}
   * @param summary one line that begins with a verb and has no full stop
   */
  public Usage(String name, String group, String summary) {
    this.name = name;
    this.group = group;
    this.summary = summary;
  }

  /** Sets the C prototype; commands that are no kernel function have none. */
  public Usage prototype(String prototype) {
    this.prototype = prototype;
    return this;
  }

  /** Adds an argument that must be given. */
  public Usage required(String label, ArgKind kind, String description) {
    return param(label, kind, true, "", description, false, LOOKS);
  }

  /** Adds an argument that must be given; {@code use} says what becomes of its block. */
  public Usage required(String label, ArgKind kind, String description, int use) {
    return param(label, kind, true, "", description, false, use);
  }

  /** Adds an argument that may be left out. */
  public Usage optional(String label, ArgKind kind, String defaultText, String description) {
    return param(label, kind, false, defaultText, description, false, LOOKS);
  }

  /** Adds an argument that takes all words that are left. */
  public Usage rest(String label, ArgKind kind, boolean required, String description) {
    return param(label, kind, required, "", description, true, LOOKS);
  }

  private Usage param(
      String label,
      ArgKind kind,
      boolean required,
      String defaultText,
      String description,
      boolean rest,
      int use) {
    params.add(new Param(label, kind, required, defaultText, description, rest, use));
    return this;
  }

  /**
   * Adds an option with a value. {@code names} are separated by one blank: {@code "-n --lines"}.
   */
  public Usage option(
      String names, String label, ArgKind kind, String defaultText, String description) {
    List<String> all = new ArrayList<>(2);
    int start = 0;
    for (int blank = names.indexOf(' '); blank >= 0; blank = names.indexOf(' ', start)) {
      all.add(names.substring(start, blank));
      start = blank + 1;
    }
    all.add(names.substring(start));
    options.add(new Option(all, label, kind, defaultText, description));
    return this;
  }

  /** Adds an option without a value. */
  public Usage flag(String names, String description) {
    return option(names, "", ArgKind.NONE, "", description);
  }

  /** Makes every word an argument, those that begin with a dash too. */
  public Usage raw() {
    raw = true;
    return this;
  }

  /** Lets {@code > PATH} stand at the end. */
  public Usage redirects() {
    redirects = true;
    return this;
  }

  public String name() {
    return name;
  }

  public String group() {
    return group;
  }

  public String summary() {
    return summary;
  }

  public String prototype() {
    return prototype;
  }

  public List<Param> params() {
    return params;
  }

  public List<Option> options() {
    return options;
  }

  /** The number of the option with that name, or -1. */
  int optionIndex(String optionName) {
    for (int i = 0; i < options.size(); i++) {
      if (options.get(i).names().contains(optionName)) {
        return i;
      }
    }
    return -1;
  }

  public boolean isRaw() {
    return raw;
  }

  public boolean hasRedirect() {
    return redirects;
  }

  /** The line as it is typed: {@code alloc_pages ORDER [GFP]}. */
  public String synopsis() {
    return Synopsis.of(this);
  }

  /** The arguments alone: {@code ORDER [GFP]}; empty when there are none. */
  public String arguments() {
    String line = synopsis();
    return line.length() == name.length() ? "" : line.substring(name.length() + 1);
  }
}
