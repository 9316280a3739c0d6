package kmemsh.command;

import kmemsh.lang.Suggest;
import kmemsh.lang.Words;
import kmemsh.machine.ContextRules;
import kmemsh.machine.HighmemQueries;
import kmemsh.machine.Machine;
import kmemsh.op.Refused;
import kmemsh.op.SetContext;
import kmemsh.view.Refusal;

/** {@code context [NAME]}: what follows runs in that context, or which one it is. */
final class ContextCommand extends Command {
  ContextCommand() {
    super(
        new Usage("context", CommandTable.MACHINE, "Run what follows in another context")
            .optional(
                "NAME",
                ArgKind.CONTEXT,
                "show",
                "process atomic irq_off bh_off softirq hardirq nmi"));
  }

  @Override
  public Reply run(Arguments arguments) {
    Machine machine = arguments.session().machine();
    if (arguments.has(0)) {
      arguments.session().run(new SetContext(context(arguments.word(0))));
    }
    return Reply.of(new HighmemQueries(machine).context());
  }

  private static int context(String word) {
    String[] names = ContextRules.names();
    for (int context = 0; context < names.length; context++) {
      if (names[context].equals(word)) {
        return context;
      }
    }
    throw new Refused(
        new Refusal(
            Words.show(word) + " is no context: there are " + String.join(", ", names),
            "",
            Suggest.nearest(word, names)));
  }
}
