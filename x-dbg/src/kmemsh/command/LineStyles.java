package kmemsh.command;

import kmemsh.lang.LineError;
import kmemsh.lang.Words;
import kmemsh.text.Style;
import kmemsh.text.Text;
import kmemsh.view.Gfp;

/** Highlights a line as it is typed: known and unknown words, values, numbers, quotes. */
final class LineStyles {
  private static final int LONGEST = 10_000;

  private final Lab lab;
  private final CommandTable table;

  LineStyles(Lab lab, CommandTable table) {
    this.lab = lab;
    this.table = table;
  }

  Text of(String line) {
    Text out = new Text(line.length());
    if (line.length() > LONGEST) {
      return out.add(line);
    }
    Words words = new Words();
    int done = 0;
    int at = 0;
    while (at < line.length()) {
      int from = at;
      try {
        at = words.scan(line, at);
      } catch (LineError unclosed) {
        return out.add(line, done, from).style(Style.WRONG).add(line, from, line.length());
      }
      done = command(line, words, out, done);
      if (words.end() < line.length() && line.charAt(words.end()) == '#') {
        out.add(line, done, words.end()).style(Style.COMMENT).add(line, words.end(), at);
        out.style(Style.PLAIN);
        done = at;
      }
    }
    return out.add(line, done, line.length());
  }

  private int command(String line, Words words, Text out, int from) {
    int done = from;
    boolean expectCommand = true;
    boolean inFor = false;
    for (int w = 0; w < words.count(); w++) {
      Style style;
      if (expectCommand) {
        style = commandStyle(words, w);
      } else {
        style = wordStyle(words, w);
      }
      out.style(Style.PLAIN).add(line, done, words.start(w));
      out.style(style).add(line, words.start(w), words.end(w)).style(Style.PLAIN);
      done = words.end(w);
      inFor |= expectCommand && words.is(w, "for");
      boolean afterCount = w > 0 && words.is(w - 1, "repeat");
      boolean afterColon = inFor && line.charAt(words.end(w) - 1) == ':';
      inFor &= !afterColon;
      expectCommand = words.is(w, "!") || words.is(w, "=") || afterCount || afterColon;
    }
    return done;
  }

  private Style commandStyle(Words words, int w) {
    if (words.first(w) == '$') {
      return wordStyle(words, w);
    }
    if (w + 1 < words.count() && words.is(w + 1, "=")) {
      return Style.NAME;
    }
    boolean known = table.find(words.line(), words.start(w), words.end(w)) != null;
    return known ? Style.COMMAND : Style.WRONG;
  }

  private Style wordStyle(Words words, int w) {
    if (words.quoted(w)) {
      return Style.STRING;
    }
    char first = words.first(w);
    if (first >= '0' && first <= '9') {
      return Style.NUMBER;
    }
    if (first == '$') {
      return valueStyle(words, words.typed(w));
    }
    if (first == '-' && words.end(w) - words.start(w) > 1) {
      return Style.OPTION;
    }
    String word = words.typed(w);
    int bar = word.indexOf('|');
    return Gfp.parseName(bar < 0 ? word : word.substring(0, bar)) >= 0 ? Style.NAME : Style.PLAIN;
  }

  private Style valueStyle(Words words, String word) {
    int end = 1;
    while (end < word.length() && isNamePart(word.charAt(end))) {
      end++;
    }
    String name = word.substring(1, end);
    for (int w = 0; w + 1 < words.count(); w++) {
      if (words.is(w, "for") && words.is(w + 1, name)) {
        return Style.NAME;
      }
    }
    if (name.equals("_")) {
      return lab.values().last() == null ? Style.WRONG : Style.NAME;
    }
    boolean isNumber = !name.isEmpty() && name.length() < 10;
    for (int i = 0; i < name.length(); i++) {
      isNumber &= name.charAt(i) >= '0' && name.charAt(i) <= '9';
    }
    boolean known =
        isNumber
            ? lab.values().get(Integer.parseInt(name), word) != null
            : lab.values().named(name) != null;
    return known ? Style.NAME : Style.WRONG;
  }

  private static boolean isNamePart(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  }
}
