package kmemsh.replay;

import java.util.List;

/** Two sides that should be the same: {@code what} it is, and both as text. */
record Mismatch(String what, String expected, String got, List<String> around) {
  Mismatch(String what, long expected, long got) {
    this(what, Long.toString(expected), Long.toString(got), List.of());
  }
}
