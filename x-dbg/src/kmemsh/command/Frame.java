package kmemsh.command;

import java.io.BufferedReader;
import java.io.IOException;
import kmemsh.lang.Words;
import kmemsh.op.Refused;

/** Something that gives one text after the other to be run: a loop or a file. */
abstract class Frame {
  /** The text, the position in it and the place to go back to. */
  String outerText;

  int outerAt;
  String outerPlace;

  // Made here, so that a script without loops does not load them.

  /** Runs {@code body} many times. */
  static Frame times(String body, long times) {
    return new Times(body, times);
  }

  /**
   * Runs {@code body} for each item.
   *
   * @param items words, or lists by their label
   * @param lengths how long the list is, -1 for a word
   */
  static Frame each(String variable, String body, String[] items, int[] lengths) {
    return new Each(variable, body, items, lengths);
  }

  /** Runs the lines of a file. */
  static Frame source(String file, BufferedReader reader) {
    return new Source(file, reader);
  }

  /** The next text to run, or null at the end. */
  abstract String next();

  /** {@code FILE:LINE} of the text that {@link #next} gave, or the outer place. */
  String place() {
    return outerPlace;
  }

  /** The name of the loop's variable, empty when it has none. */
  String variable() {
    return "";
  }

  /** Lets go of what the frame holds. */
  void close() {}

  /** Runs one text many times. */
  private static final class Times extends Frame {
    private final String body;
    private long left;

    Times(String body, long times) {
      this.body = body;
      this.left = times;
    }

    @Override
    String next() {
      return left-- > 0 ? body : null;
    }
  }

  /** Runs one text for each item, the item written in the place of {@code $variable}. */
  private static final class Each extends Frame {
    private final String variable;
    private final String[] pieces;
    private final String[] items;
    private final int[] lengths;
    private int item;
    private int element;

    Each(String variable, String body, String[] items, int[] lengths) {
      this.variable = variable;
      this.pieces = Substitution.pieces(body, variable);
      this.items = items;
      this.lengths = lengths;
    }

    @Override
    String variable() {
      return variable;
    }

    @Override
    String next() {
      while (item < items.length) {
        if (lengths[item] < 0) {
          return Substitution.join(pieces, items[item++]);
        }
        if (element < lengths[item]) {
          return Substitution.join(pieces, items[item] + "[" + element++ + "]");
        }
        element = 0;
        item++;
      }
      return null;
    }
  }

  /** Runs the lines of a file. */
  private static final class Source extends Frame {
    private final String file;
    private final BufferedReader reader;
    private int lineNumber;
    private int firstLine;

    Source(String file, BufferedReader reader) {
      this.file = file;
      this.reader = reader;
    }

    @Override
    String place() {
      return file + ":" + firstLine;
    }

    @Override
    String next() {
      String text = readLine();
      firstLine = lineNumber;
      while (text != null && Words.incomplete(text)) {
        String more = readLine();
        if (more == null) {
          break;
        }
        text = text + "\n" + more;
      }
      return text;
    }

    private String readLine() {
      lineNumber++;
      try {
        return reader.readLine();
      } catch (IOException failure) {
        throw new Refused(Words.show(file) + " cannot be read: " + failure.getMessage());
      }
    }

    @Override
    void close() {
      try {
        reader.close();
      } catch (IOException ignored) {
        // Nothing was written, so nothing is lost.
      }
    }
  }
}
