package kmemsh.command;

import java.util.List;
import kmemsh.explain.Explainer;
import kmemsh.op.Refused;
import kmemsh.session.Session;
import kmemsh.trace.TraceBuffer;
import kmemsh.view.Explanation;
import kmemsh.view.MachineNames;

/** {@code explain [N]}: the steps of an operation, which is run again for it. */
final class ExplainCommand extends Command {
  ExplainCommand() {
    super(
        new Usage(
                "explain", CommandTable.LOOKING, "Tell the steps of an operation and what decided")
            .flag("-v --verbose", "each repetition, too")
            .optional("N", ArgKind.COUNT, "the last operation", "its number in the history"));
  }

  @Override
  public Reply run(Arguments arguments) {
    Session session = arguments.session();
    if (session.size() == 0) {
      throw new Refused("nothing was done yet that could be explained");
    }
    int n = arguments.has(0) ? arguments.inRange(0, 1, session.size()) : Math.max(1, session.now());
    if (session.opAt(n) == null) {
      return Reply.of(
          new Explanation(
              n,
              session.textAt(n),
              List.of("The machine was booted: memory is as boot leaves it.")));
    }
    TraceBuffer facts = new TraceBuffer();
    MachineNames names = session.factsOf(n, facts);
    boolean all = arguments.hasOption("--verbose");
    return Reply.of(new Explanation(n, session.textAt(n), Explainer.explain(facts, names, all)));
  }
}
