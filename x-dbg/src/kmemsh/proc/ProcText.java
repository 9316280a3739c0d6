package kmemsh.proc;

/** Text with columns, as the kernel's files have them. */
final class ProcText {
  private final StringBuilder out = new StringBuilder(1024);

  ProcText add(String text) {
    out.append(text);
    return this;
  }

  ProcText add(long number) {
    out.append(number);
    return this;
  }

  /** The text at the right of {@code width} columns. */
  ProcText right(String text, int width) {
    for (int i = text.length(); i < width; i++) {
      out.append(' ');
    }
    out.append(text);
    return this;
  }

  ProcText right(long number, int width) {
    return right(Long.toString(number), width);
  }

  /** The text at the left of {@code width} columns. */
  ProcText left(String text, int width) {
    out.append(text);
    for (int i = text.length(); i < width; i++) {
      out.append(' ');
    }
    return this;
  }

  ProcText line() {
    out.append('\n');
    return this;
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
