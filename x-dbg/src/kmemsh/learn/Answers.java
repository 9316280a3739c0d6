package kmemsh.learn;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads answers in the forms people write. A canonical answer is text again. */
final class Answers {
  private static final Pattern NUMBER =
      Pattern.compile(
          "(?:pfn|page|order|index|slot)?\\s*"
              + "(-?)(0x[0-9a-f]+|[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)\\s*"
              + "(b|bytes?|k|kb|kib|m|mb|mib|g|gb|gib)?\\s*"
              + "(?:pages?|blocks?|objects?|slabs?|frames?)?");

  private static final Pattern BARE_HEX = Pattern.compile("[0-9a-f]{1,16}");
  private static final int WORD_BITS = 64;

  private Answers() {}

  /**
   * The canonical form of what was typed, or null when it is no answer of this kind.
   *
   * @param choices the choices of a {@link AnswerKind#CHOICE}
   */
  static String read(AnswerKind kind, List<Question.Choice> choices, String typed) {
    String text = typed.trim();
    return switch (kind) {
      case NUMBER, HEX -> number(text);
      case NUMBERS -> numbers(text);
      case CHOICE -> choice(choices, text);
      case WORD -> word(text);
      case OPEN -> text;
    };
  }

  /** Whether a canonical answer is the right one. */
  static boolean same(Question question, String given, String typed) {
    if (given.equals(question.answer())) {
      return true;
    }
    return switch (question.kind()) {
      case HEX -> question.answer().equals(bareHex(typed));
      case WORD -> shortName(given).equals(shortName(question.answer()));
      default -> false;
    };
  }

  private static String bareHex(String typed) {
    String digits = typed.trim().toLowerCase(Locale.ROOT);
    return BARE_HEX.matcher(digits).matches()
        ? Long.toString(Long.parseUnsignedLong(digits, 16))
        : "";
  }

  private static String number(String typed) {
    Matcher number = NUMBER.matcher(typed.toLowerCase(Locale.ROOT));
    if (!number.matches()) {
      String hex = typed.toLowerCase(Locale.ROOT);
      boolean letters = BARE_HEX.matcher(hex).matches() && !hex.isEmpty();
      return letters ? Long.toString(Long.parseUnsignedLong(hex, 16)) : null;
    }
    long value = digits(number.group(2).replace(",", ""));
    int shift = shift(number.group(3));
    if (value < 0 && !number.group(2).startsWith("0x")
        || value != 0 && shift > 0 && Long.numberOfLeadingZeros(value) <= shift) {
      return null;
    }
    long shifted = value << shift;
    return Long.toString(number.group(1).isEmpty() ? shifted : -shifted);
  }

  private static long digits(String text) {
    try {
      return text.startsWith("0x")
          ? Long.parseUnsignedLong(text, 2, text.length(), 16)
          : Long.parseLong(text);
    } catch (NumberFormatException tooLong) {
      return -1;
    }
  }

  private static int shift(String unit) {
    if (unit == null || unit.startsWith("b")) {
      return 0;
    }
    int shift = 10 * ("kmg".indexOf(unit.charAt(0)) + 1);
    return Math.min(shift, WORD_BITS);
  }

  private static String numbers(String typed) {
    String bare = typed.replaceAll("[\\[\\](){}]", " ").replaceAll("[,;]|->|\\band\\b", " ").trim();
    List<String> all = new ArrayList<>();
    for (String one : bare.isEmpty() ? new String[0] : bare.split("\\s+")) {
      String value = one.equalsIgnoreCase("none") ? "" : number(one);
      if (value == null) {
        return null;
      }
      if (!value.isEmpty()) {
        all.add(value);
      }
    }
    boolean none = typed.equalsIgnoreCase("none");
    return all.isEmpty() && !none ? null : String.join(" ", all);
  }

  private static String choice(List<Question.Choice> choices, String typed) {
    String text = typed.toLowerCase(Locale.ROOT).replaceAll("[().]", "").trim();
    for (int i = 0; i < choices.size(); i++) {
      Question.Choice choice = choices.get(i);
      String letter = String.valueOf((char) ('a' + i));
      if (text.equals(letter)
          || text.equals(choice.word().toLowerCase(Locale.ROOT))
          || text.equals(choice.text().toLowerCase(Locale.ROOT))) {
        return choice.word();
      }
    }
    return yesOrNo(choices, text);
  }

  private static String yesOrNo(List<Question.Choice> choices, String text) {
    String word =
        switch (text) {
          case "y", "true", "ok" -> "yes";
          case "n", "false" -> "no";
          default -> "";
        };
    for (Question.Choice choice : choices) {
      if (choice.word().equals(word)) {
        return word;
      }
    }
    return null;
  }

  private static String word(String typed) {
    String word = typed.replaceAll("[\"'`]", "").trim();
    return word.isEmpty() ? null : word;
  }

  /** A name without what people leave out or add: ZONE_NORMAL is Normal, size-32 is kmalloc-32. */
  private static String shortName(String name) {
    String bare = name.toLowerCase(Locale.ROOT).replaceFirst("^zone[_ ]", "");
    bare = bare.replaceFirst("^(kmalloc|size)-", "").replaceFirst("\\s*(bytes|b)$", "");
    return bare.replace("1024", "1k")
        .replace("2048", "2k")
        .replace("4096", "4k")
        .replace("8192", "8k")
        .replace("_", "");
  }
}
