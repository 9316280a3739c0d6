package kmemsh.command;

import kmemsh.op.Refused;
import kmemsh.view.Refusal;

/** {@code completion SHELL}: a word of the command line, declared here for help. */
final class CompletionCommand extends Command {
  CompletionCommand() {
    super(
        new Usage("completion", CommandTable.SESSION, "Print a completion script for bash or zsh")
            .required("SHELL", ArgKind.NAME, "bash or zsh"));
  }

  @Override
  public Reply run(Arguments arguments) {
    throw new Refused(
        new Refusal(
            "completion is for the shell that starts kmemsh: type it there",
            "",
            "kmemsh completion " + arguments.word(0)));
  }
}
