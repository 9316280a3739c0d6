package kmemsh.shell;

import kmemsh.command.Reply;
import kmemsh.render.Renderers;
import kmemsh.text.Style;
import kmemsh.text.Text;

/** Replies as text for people. */
final class Answers {
  private Answers() {}

  /** Appends {@code reply} to {@code out}; every line is ended. */
  static void write(Reply reply, Text out, int columns) {
    if (!reply.ok()) {
      out.add(Style.WRONG, reply.statusName()).add(": ");
      refusal(reply, out);
      return;
    }
    int start = out.length();
    if (reply.hasLabel()) {
      out.add(Style.NAME, reply.label()).add(" = ");
    }
    if (reply.record() != null) {
      Renderers.render(reply.record(), out, columns);
    }
    endLine(out, start);
    if (!reply.note().isEmpty()) {
      out.add(Style.HINT, "(").add(Style.HINT, reply.note()).add(Style.HINT, ")").line();
    }
  }

  /** Appends why {@code reply} was refused, a sentence a line, those after the first indented. */
  static void refusal(Reply reply, Text out) {
    out.add(reply.refusal().what()).line();
    if (!reply.refusal().kernelWould().isEmpty()) {
      out.add("  ").add(reply.refusal().kernelWould()).add('.').line();
    }
    if (!reply.refusal().suggestion().isEmpty()) {
      out.add("  Did you mean: ").add(Style.COMMAND, reply.refusal().suggestion()).line();
    }
  }

  private static void endLine(Text out, int start) {
    int length = out.length();
    if (length > start && out.chars().charAt(length - 1) != '\n') {
      out.line();
    }
  }
}
