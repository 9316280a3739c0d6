package kmemsh.command;

import kmemsh.machine.Machine;
import kmemsh.op.Op;
import kmemsh.op.Reap;
import kmemsh.view.Reaped;

/** {@code reap}: SLAB's periodic work, once, on the present CPU. */
final class ReapCommand extends OpCommand {
  private final Machine machine;

  ReapCommand(Lab lab) {
    super(
        new Usage("reap", CommandTable.OBJECTS, "Run SLAB's periodic work once on this CPU")
            .prototype("static void cache_reap(struct work_struct *w)"));
    machine = lab.session().machine();
  }

  @Override
  public Op bind(Arguments arguments) {
    return new Reap();
  }

  @Override
  public Reply reply(Op op, long result) {
    return Reply.of(new Reaped(machine.pages().cpu(), result, machine.slab().kind()));
  }
}
