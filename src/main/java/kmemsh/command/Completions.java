package kmemsh.command;

import java.util.List;
import kmemsh.text.Text;

/** What can be typed next, and how a typed line is highlighted. Knows no terminal. */
public final class Completions {
  public Completions(Lab lab, CommandTable table) {}

  /**
   * One possible word.
   *
   * @param word what replaces the line from {@code start} to the cursor
   * @param description one line, or empty
   * @param complete whether a blank follows it
   */
  public record Candidate(int start, String word, String description, boolean complete) {}

  /** The words that fit before the cursor, in the order in which to show them. */
  public List<Candidate> candidates(String line, int cursor) {
    return List.of();
  }

  /** What the word at the cursor means, in one line; or empty. */
  public String hint(String line, int cursor) {
    return "";
  }

  /** The line with a style for each part; its characters are those of {@code line}. */
  public Text highlight(String line) {
    return new Text().add(line);
  }
}
