package kmemsh.command;

import kmemsh.view.Refusal;

/** {@code assert EXPRESSION}: fails, with both sides, when the condition does not hold. */
final class AssertCommand extends Command {
  AssertCommand() {
    super(
        new Usage(
                "assert", CommandTable.LANGUAGE, "Check a condition; scripts fail when it is false")
            .raw()
            .rest("EXPRESSION", ArgKind.EXPRESSION, true, "for example free(Normal,3) == 12"));
  }

  @Override
  public Reply run(Arguments arguments) {
    String failure = arguments.check(arguments.text());
    return failure.isEmpty() ? Reply.done() : Reply.assertFailed(new Refusal(failure, "", ""));
  }
}
