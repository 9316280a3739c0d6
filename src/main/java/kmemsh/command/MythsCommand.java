package kmemsh.command;

import kmemsh.learn.MythBook;

/** {@code myths [N]}: what notes and blogs get wrong. */
final class MythsCommand extends Command {
  MythsCommand() {
    super(
        new Usage(
                "myths", CommandTable.LEARNING, "Show what notes and blogs get wrong, and prove it")
            .flag(LookCommand.PLAIN, LookCommand.PLAIN_HELP)
            .optional("N", ArgKind.COUNT, "all claims", "the number of a claim"));
  }

  @Override
  public Reply run(Arguments arguments) {
    if (!arguments.has(0)) {
      return Reply.of(MythBook.list());
    }
    PracticeBench bench = new PracticeBench(arguments);
    return Reply.of(MythBook.show(bench, arguments.inRange(0, 1, MythBook.size())));
  }
}
