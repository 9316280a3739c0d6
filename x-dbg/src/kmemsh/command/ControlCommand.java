package kmemsh.command;

import kmemsh.op.Refused;

/** The words the interpreter itself understands; here they are declared for help and completion. */
final class ControlCommand extends Command {
  ControlCommand(String name) {
    super(usage(name));
  }

  private static Usage usage(String name) {
    return switch (name) {
      case "repeat" ->
          new Usage(name, CommandTable.LANGUAGE, "Run a command N times, as one operation")
              .raw()
              .required("N", ArgKind.COUNT, "how often, up to 10,000,000")
              .rest("COMMAND", ArgKind.COMMAND, true, "a kernel call, or any other command");
      case "for" ->
          new Usage(name, CommandTable.LANGUAGE, "Run a command for each of several items")
              .raw()
              .required("NAME", ArgKind.NAME, "the variable, $NAME in the command")
              .rest("in ITEM...: COMMAND", ArgKind.COMMAND, true, "words, or a list such as $1");
      case "!" ->
          new Usage(name, CommandTable.LANGUAGE, "Expect that a command is refused")
              .raw()
              .rest("COMMAND", ArgKind.COMMAND, true, "the command; its success is an error");
      case "watch" ->
          new Usage(name, CommandTable.WATCHING, "Look again after each change")
              .raw()
              .rest("COMMAND", ArgKind.COMMAND, false, "-n N to look at every N-th, or off");
      case "step" ->
          new Usage(name, CommandTable.WATCHING, "Play every command step by step, or no longer")
              .optional("SWITCH", ArgKind.WORD, "whether it is on", "on or off");
      default ->
          new Usage(name, CommandTable.LANGUAGE, "Run the commands in a file")
              .required("FILE", ArgKind.FILE, "a text file, one command a line");
    };
  }

  @Override
  boolean isControl() {
    return true;
  }

  @Override
  public Reply run(Arguments arguments) {
    throw new Refused(usage().name() + " stands where no command can stand");
  }
}
