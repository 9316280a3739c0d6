package kmemsh.command;

import kmemsh.session.SessionFile;
import kmemsh.view.Saved;

/** {@code save FILE}: writes the session as a script. */
final class SaveCommand extends Command {
  SaveCommand() {
    super(
        new Usage("save", CommandTable.SESSION, "Write the machine and its history to a file")
            .required("FILE", ArgKind.FILE, "where to; an old file is replaced in one step"));
  }

  @Override
  public Reply run(Arguments arguments) {
    String file = arguments.word(0);
    return Reply.of(new Saved(file, SessionFile.write(arguments.session(), file)));
  }
}
