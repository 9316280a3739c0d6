package kmemsh.command;

import kmemsh.session.Session;
import kmemsh.session.SessionFile;
import kmemsh.view.Saved;

/** {@code transcript FILE}: the session as Markdown, commands and answers. */
final class TranscriptCommand extends Command {
  TranscriptCommand() {
    super(
        new Usage(
                "transcript",
                CommandTable.WATCHING,
                "Write the session with its answers as Markdown")
            .required("FILE", ArgKind.FILE, "what to write; a name that ends in .md"));
  }

  @Override
  public Reply run(Arguments arguments) {
    Session session = arguments.session();
    String file = arguments.word(0);
    String text = text(session, file);
    return Reply.of(new Saved(file, SessionFile.write(text, file, "transcript")));
  }

  private static String text(Session session, String file) {
    StringBuilder out = new StringBuilder("# A kmemsh session\n\n");
    if (file.endsWith(TranscriptRun.MARKDOWN)) {
      out.append("`kmemsh ").append(file).append("` runs it again, `kmemsh check ").append(file);
      out.append("` says whether its answers are still true.\n\n");
    }
    boolean fences = file.endsWith(TranscriptRun.MARKDOWN);
    SessionAgain again = new SessionAgain(session);
    out.append(fences ? "```text\n" : "");
    boolean open = true;
    for (SessionAgain.Told told : again.told()) {
      boolean comment = told.line().startsWith("#");
      if (fences && comment == open) {
        out.append(comment ? "```\n\n" : "\n```text\n");
        open = !comment;
      }
      if (comment) {
        out.append(fences ? told.line().replaceFirst("#+ ?", "") : told.line()).append('\n');
      } else {
        out.append(TranscriptRun.PROMPT).append(told.line().replace("\n", "\n> ")).append('\n');
        out.append(told.answer());
      }
    }
    return out.append(fences && open ? "```\n" : "").toString();
  }
}
