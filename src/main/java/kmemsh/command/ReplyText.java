package kmemsh.command;

import kmemsh.render.PlainText;
import kmemsh.render.RefusalText;
import kmemsh.render.Renderers;
import kmemsh.text.Style;
import kmemsh.text.Text;

/** Replies as text for people. */
public final class ReplyText {
  private ReplyText() {}

  /** Appends {@code reply} to {@code out}; every line is ended. */
  public static void write(Reply reply, Text out, int columns) {
    if (!reply.ok()) {
      if (reply.status() == Reply.REFUSED) {
        RefusalText.refused(reply.refusal(), out, columns);
      } else {
        RefusalText.failed(reply.refusal(), out, columns);
      }
      return;
    }
    if (!reply.frames().isEmpty()) {
      frames(reply, out, columns);
    }
    answer(reply, out, columns);
  }

  private static void frames(Reply reply, Text out, int columns) {
    for (Object frame : reply.frames()) {
      if (reply.plainFrames()) {
        PlainText.render(frame, out, columns);
      } else {
        Renderers.render(frame, out, columns);
      }
    }
  }

  /** Like {@link #write} for a reply that is ok, without the pictures of its steps. */
  public static void answer(Reply reply, Text out, int columns) {
    int start = out.length();
    if (reply.hasLabel()) {
      label(reply, out);
      out.add(" = ");
    }
    if (reply.record() != null) {
      if (reply.plain()) {
        PlainText.render(reply.record(), out, columns);
      } else {
        Renderers.render(reply.record(), out, columns);
      }
    }
    endLine(out, start);
    if (!reply.note().isEmpty()) {
      int note = out.length();
      out.add(Style.HINT, "(").add(Style.HINT, reply.note()).add(Style.HINT, ")").line();
      Renderers.fit(out, note, columns);
    }
  }

  /** Like {@link Reply#label}, without a string for it. */
  private static void label(Reply reply, Text out) {
    out.style(Style.NAME);
    if (reply.isNamed()) {
      out.add(reply.label());
    } else {
      out.add('$').number(reply.valueNumber());
    }
    out.style(Style.PLAIN);
  }

  /** What to report of a reply that is not ok where it runs without a person: no last newline. */
  public static String message(Reply reply) {
    Text more = new Text();
    more.add(RefusalText.sentence(reply.refusal(), reply.status() == Reply.REFUSED)).line();
    RefusalText.more(reply.refusal(), more, Integer.MAX_VALUE);
    return more.plain().stripTrailing();
  }

  private static void endLine(Text out, int start) {
    int length = out.length();
    if (length > start && out.chars().charAt(length - 1) != '\n') {
      out.line();
    }
  }
}
