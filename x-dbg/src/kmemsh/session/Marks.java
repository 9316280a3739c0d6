package kmemsh.session;

import java.util.ArrayList;
import java.util.List;

/** Names that a user gave to moments of the history, in the order of the moments. */
public final class Marks {
  private final List<Mark> marks = new ArrayList<>();
  private long changes;

  /** A named moment: the state after so many entries of the history. */
  public record Mark(String name, int moment) {}

  /** Calls {@code moment} by that name, which may have meant another one before. */
  public void set(String name, int moment) {
    marks.removeIf(mark -> mark.name.equals(name));
    int at = 0;
    while (at < marks.size() && marks.get(at).moment <= moment) {
      at++;
    }
    marks.add(at, new Mark(name, moment));
    changes++;
  }

  /** The moment of that name, or -1. */
  public int moment(String name) {
    for (Mark mark : marks) {
      if (mark.name.equals(name)) {
        return mark.moment;
      }
    }
    return -1;
  }

  /** All of them, the earliest moment first. */
  public List<Mark> list() {
    return List.copyOf(marks);
  }

  /** A number that changes whenever a mark is set. */
  public long changes() {
    return changes;
  }

  /** Forgets the marks after {@code moment}. */
  void cut(int moment) {
    marks.removeIf(mark -> mark.moment > moment);
  }
}
