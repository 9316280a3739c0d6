package kmemsh.shell;

import java.util.List;
import kmemsh.command.Completions;
import kmemsh.command.Interpreter;
import kmemsh.text.Text;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.CompletingParsedLine;
import org.jline.reader.EOFError;
import org.jline.reader.Highlighter;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser;
import org.jline.reader.impl.LineReaderImpl;
import org.jline.utils.AttributedString;

/** What JLine asks while a line is typed, answered by {@link Completions}. */
final class Completing implements Completer, Highlighter, Parser {
  private final Completions commands;
  private final Interpreter interpreter;
  private final boolean colored;
  private final boolean hints;

  Completing(Start start, boolean colored, boolean hints) {
    this.commands = start.completions();
    this.interpreter = start.interpreter();
    this.colored = colored;
    this.hints = hints;
  }

  /** What completes the lines of the moment, or null where nothing does. */
  private Completions completions() {
    return interpreter.completions(commands);
  }

  @Override
  public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
    Completions completions = completions();
    if (completions == null) {
      return;
    }
    for (Completions.Candidate found : completions.candidates(line.line(), line.cursor())) {
      String description = found.description().isEmpty() ? null : found.description();
      candidates.add(
          new Candidate(
              found.word(), found.word(), null, description, null, null, found.complete()));
    }
  }

  /** Styles the line and, because this runs at each change, sets the hint behind the cursor. */
  @Override
  public AttributedString highlight(LineReader reader, String buffer) {
    if (hints && reader instanceof LineReaderImpl impl) {
      impl.setTailTip(hint(reader, buffer));
    }
    Completions completions = completions();
    if (!colored || completions == null) {
      return new AttributedString(buffer);
    }
    Text text = completions.highlight(buffer);
    StringBuilder ansi = new StringBuilder();
    Colors.write(text, ansi);
    return AttributedString.fromAnsi(ansi.toString());
  }

  /** The hint for the end of {@code buffer}, cut so that it does not wrap. */
  private String hint(LineReader reader, String buffer) {
    Completions completions = completions();
    String hint =
        buffer.isBlank() || completions == null ? "" : completions.hint(buffer, buffer.length());
    int columns = Math.max(1, reader.getTerminal().getWidth());
    int line = buffer.length() - (buffer.lastIndexOf('\n') + 1);
    int room = columns - 2 - (Prompt.PROMPT.length() + line) % columns;
    if (hint.isEmpty() || room < 4) {
      return "";
    }
    String gap = buffer.endsWith(" ") ? "" : " ";
    return hint.length() + 1 <= room ? gap + hint : gap + hint.substring(0, room - 3) + "..";
  }

  @Override
  public ParsedLine parse(String line, int cursor, ParseContext context) {
    if (context == ParseContext.ACCEPT_LINE && interpreter.goesOn(line)) {
      throw new EOFError(-1, -1, "the line goes on");
    }
    int start = cursor;
    Completions completions = completions();
    if (context == ParseContext.COMPLETE && completions != null) {
      List<Completions.Candidate> found = completions.candidates(line, cursor);
      start = found.isEmpty() ? cursor : Math.min(cursor, found.get(0).start());
    }
    return new Word(line, start, cursor);
  }

  @Override
  public boolean isEscapeChar(char c) {
    return false;
  }

  /** The part of a line that a candidate replaces: from {@code start} to the cursor. */
  private record Word(String line, int start, int cursor) implements CompletingParsedLine {
    @Override
    public String word() {
      return line.substring(start, cursor);
    }

    @Override
    public int wordCursor() {
      return cursor - start;
    }

    @Override
    public int wordIndex() {
      return 0;
    }

    @Override
    public List<String> words() {
      return List.of(word());
    }

    @Override
    public CharSequence escape(CharSequence candidate, boolean complete) {
      return candidate;
    }

    @Override
    public int rawWordCursor() {
      return wordCursor();
    }

    @Override
    public int rawWordLength() {
      return cursor - start;
    }
  }
}
