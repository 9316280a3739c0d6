package kmemsh.command;

import java.util.Locale;
import kmemsh.lang.LineError;
import kmemsh.lang.Suggest;
import kmemsh.lang.Words;
import kmemsh.view.Gfp;
import kmemsh.view.Refusal;

/** What people bring from shells and from C: said in their words, once a line was refused. */
final class Mistakes {
  /** Words of other programs, and what does here what they do there. */
  private static final String[][] FAMILIAR = {
    {"q", "quit"},
    {":q", "quit"},
    {"bye", "quit"},
    {"logout", "quit"},
    {"man", "help"},
    {"?", "help"},
    {"info", "help"},
    {"free", "meminfo"},
    {"top", "slabtop"},
    {"ps", "history"},
    {"vmstat", "cat /proc/vmstat"},
    {"head", "cat /proc/meminfo"},
    {"less", "cat /proc/meminfo"},
    {"more", "cat /proc/meminfo"},
    {"cd", "ls /proc"},
    {"pwd", "ls /proc"},
    {"calloc", "kcalloc"},
    {"realloc", "krealloc"},
    {"do", "for x in 1 2 3: echo $x"},
    {"done", "for x in 1 2 3: echo $x"},
    {"while", "repeat 3 alloc_page"},
    {"print", "echo"},
    {"printf", "echo"},
  };

  /** Nobody types more than this by mistake. */
  private static final int MOST_WORDS = 100;

  /** Shorter words are part of too many names. */
  private static final int LEAST_PART = 3;

  private Mistakes() {}

  /** The name in {@code p=alloc_pages 3}, written without blanks; empty: it is not that. */
  static String assignment(Words words, int w) {
    String word = words.quoted(w) ? "" : words.typed(w);
    return word.substring(0, Math.max(0, word.indexOf('=')));
  }

  /** Says how such a line is written. */
  static LineError unspaced(Words words, int w, boolean negated) {
    String word = words.typed(w);
    String label = word.substring(0, word.indexOf('='));
    String command = words.line().substring(words.start(w) + label.length() + 1);
    return new LineError(
        Words.show(word) + " is no command: write blanks around =",
        Words.show((negated ? "! " : "") + label + " = " + command));
  }

  /** Why {@code typed} cannot be run, and what was probably meant. */
  static LineError unknown(String typed, CommandTable table) {
    if (typed.startsWith("!") && table.command(typed.substring(1)) != null) {
      String apart = "! " + typed.substring(1);
      return new LineError("! is a word of its own: write a blank behind it", apart);
    }
    int parenthesis = typed.indexOf('(');
    Command called = parenthesis > 0 ? table.command(typed.substring(0, parenthesis)) : null;
    return called != null
        ? new LineError(
            Words.show(typed)
                + " has a parenthesis: arguments are typed with blanks, the mask last",
            called.usage().synopsis())
        : new LineError(
            Words.show(typed) + " is no command: `help` lists them", meant(typed, table));
  }

  /** The command that was probably meant by a word that is none; empty when there is none. */
  private static String meant(String word, CommandTable table) {
    for (String[] row : FAMILIAR) {
      if (row[0].equals(word)) {
        return row[1];
      }
    }
    return near(word, table);
  }

  /** A command that is called nearly so, or where those are found whose names have the word. */
  static String near(String word, CommandTable table) {
    String small = word.toLowerCase(Locale.ROOT);
    String nearest = word.length() < 2 ? "" : Suggest.nearest(small, table.names());
    if (!nearest.isEmpty() || word.length() < LEAST_PART) {
      return nearest;
    }
    String found = "";
    for (String name : table.names()) {
      if (name.contains(small)) {
        found = found.isEmpty() ? name : "apropos " + small;
      }
    }
    return found;
  }

  /**
   * {@code refusal}, or a better one when its line holds what only a shell understands.
   *
   * @param command the name of the command, as far as it was recognized
   */
  static Refusal explained(Refusal refusal, Words words, String command) {
    boolean hasOperators =
        command.equals("assert") || command.endsWith("until") || command.equals("plot");
    if (hasOperators || words.count() > MOST_WORDS || isOfRedirect(refusal.what())) {
      return refusal;
    }
    int start = words.start(0);
    for (int w = 1; w < words.count(); w++) {
      if (words.quoted(w)) {
        continue;
      }
      String word = words.typed(w);
      String before = words.line().substring(start, words.start(w)).strip();
      String after = words.line().substring(words.end(w), words.lastWordEnd()).strip();
      Refusal better = word.indexOf('|') < 0 ? sign(word, before, after) : bar(word, before, after);
      if (better != null) {
        return better;
      }
    }
    return arguments(refusal, words, command);
  }

  private static boolean isOfRedirect(String what) {
    return what.startsWith("> needs") || what.startsWith(">> appends");
  }

  private static Refusal bar(String word, String before, String after) {
    if (word.equals("||")) {
      return sign(word, before, after);
    }
    boolean first = word.startsWith("|");
    boolean last = word.endsWith("|");
    if (last && after.isEmpty() && Gfp.parseName(word.substring(0, word.length() - 1)) >= 0) {
      String without = before + " " + word.substring(0, word.length() - 1);
      return new Refusal("| ends the mask: a flag is missing behind it", "", without);
    }
    String next = first && !last ? word.substring(1) : firstWord(after);
    if ((first || last) && Gfp.parseName(next) >= 0) {
      String mask = before.substring(before.lastIndexOf(' ') + 1);
      boolean joins = !first || Gfp.parseName(mask.substring(mask.lastIndexOf('|') + 1)) >= 0;
      String joined = before + (first && joins ? "" : " ") + (joins ? word : word.substring(1));
      joined += (last ? "" : " ") + after;
      return new Refusal("| joins the flags of a mask without blanks", "", joined.strip());
    }
    boolean pipe = first || last || word.indexOf('/') >= 0;
    return pipe ? pipe(before + " " + word + " " + after) : null;
  }

  private static Refusal sign(String word, String before, String after) {
    switch (word) {
      case "&&", "||", "&" -> {
        String both = after.isEmpty() ? before : before + "; " + after;
        return new Refusal(word + " is no word of kmemsh: ; separates commands", "", both);
      }
      case "<" -> {
        return new Refusal(
            "< is no word of kmemsh: name the file as an argument", "", before + " " + after);
      }
      default -> {
        boolean redirect = word.startsWith(">") || word.startsWith("2>");
        return redirect ? redirect(word, before, after) : null;
      }
    }
  }

  private static String firstWord(String text) {
    int blank = text.indexOf(' ');
    return blank < 0 ? text : text.substring(0, blank);
  }

  private static Refusal pipe(String line) {
    int bar = line.indexOf('|');
    String command = line.substring(0, bar).strip();
    String rest = line.substring(bar + 1).strip();
    return new Refusal(
        "| is no pipe here: kmemsh has none, but the shell that starts it has",
        "",
        "kmemsh -c '" + command + "' | " + (rest.isEmpty() ? "head" : rest));
  }

  private static Refusal redirect(String word, String before, String after) {
    String file = (word.replaceFirst("^2?>+&?", "") + " " + after).strip();
    return new Refusal(
        "only echo writes with >, to a file of the model; what an answer says is kept by transcript"
            + " FILE, or by the shell that starts kmemsh",
        "",
        "kmemsh -c '" + before + "' > " + (file.isEmpty() ? "FILE" : file));
  }

  /** Arguments as in C, with commas between them, or an order where only a mask can stand. */
  private static Refusal arguments(Refusal refusal, Words words, String command) {
    String line = words.line().substring(words.start(0), words.lastWordEnd());
    boolean quotes = line.indexOf('\'') >= 0 || line.indexOf('"') >= 0;
    if (refusal.what().startsWith(",") && line.indexOf('(') < 0 && !quotes) {
      String better = line.replaceAll(" *, *", " ").strip();
      return new Refusal("arguments are separated by blanks, without commas", "", better);
    }
    String last = words.typed(words.count() - 1);
    if (command.endsWith("_page") && command.contains("alloc") && last.matches("[0-9]|10")) {
      return new Refusal(refusal.what(), refusal.kernelWould(), "alloc_pages " + last);
    }
    return refusal;
  }
}
