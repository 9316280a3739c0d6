package kmemsh.capture;

import java.util.ArrayList;
import java.util.List;

/**
 * The rows of a GEOM section, one after the other. This object is the cursor: {@link #next} moves
 * it, and the values of a row are read from it.
 */
public final class GeomSection {
  private static final int MAX_COLUMNS = 64;
  private static final int MAX_WORD = 32;

  private final RecordingReader reader;
  private final RecordingInput in;
  private final List<String> columns = new ArrayList<>();
  private String[] values = new String[0];
  private int nrValues;
  private boolean over;
  private long rows;
  private long line;

  GeomSection(RecordingReader reader, RecordingInput in) {
    this.reader = reader;
    this.in = in;
  }

  /** Moves to the next row; false when the section is over. */
  public boolean next() throws BadRecording {
    while (!over) {
      in.skipComments();
      line = in.line();
      String tag = in.untilComma(MAX_WORD);
      switch (tag) {
        case "GH" -> readColumns();
        case "G" -> {
          readRow();
          return true;
        }
        case "END" -> {
          reader.readEnd("GEOM");
          over = true;
        }
        default -> throw reader.notARecord(tag, "a GEOM section");
      }
    }
    return false;
  }

  private void readColumns() throws BadRecording {
    columns.clear();
    while (!in.atLineEnd()) {
      in.expect(',');
      if (columns.size() == MAX_COLUMNS) {
        throw in.bad("the table has more than " + MAX_COLUMNS + " columns");
      }
      columns.add(in.untilComma(MAX_WORD));
    }
    in.endLine();
    values = new String[columns.size()];
  }

  private void readRow() throws BadRecording {
    if (columns.isEmpty()) {
      throw in.bad("a row stands before the GH line with the columns");
    }
    nrValues = 0;
    while (!in.atLineEnd()) {
      in.expect(',');
      if (nrValues == values.length) {
        throw in.bad("the row has more values than the " + values.length + " columns");
      }
      values[nrValues++] = in.untilComma(MAX_WORD);
    }
    in.endLine();
    rows++;
  }

  /** Rows so far, the present one included. */
  public long rows() {
    return rows;
  }

  /** The line of the present row. */
  public long line() {
    return line;
  }

  /** The names of the columns, in the order of the values. */
  public List<String> columns() {
    return columns;
  }

  /** Values of the present row; those of a creation that failed end early. */
  public int nrValues() {
    return nrValues;
  }

  public String value(int column) {
    return values[column];
  }

  /** The number in column {@code name}, of base {@code radix}; 31 bits or a minus sign. */
  public int number(String name, int radix) throws BadRecording {
    int column = columns.indexOf(name);
    if (column < 0 || column >= nrValues) {
      throw new BadRecording(in.name(), line, "there is no value in the column " + name);
    }
    try {
      return Integer.parseInt(values[column], radix);
    } catch (NumberFormatException e) {
      throw new BadRecording(
          in.name(), line, RecordingInput.shown(values[column]) + " is not a number for " + name);
    }
  }
}
