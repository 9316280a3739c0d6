package kmemsh.command;

import kmemsh.op.ListOp;
import kmemsh.op.Op;
import kmemsh.op.Repeat;
import kmemsh.session.Session;

/** A command that makes one operation of its line, so that {@code repeat} can bind it once. */
public abstract class OpCommand extends Command {

  protected OpCommand(Usage usage) {
    super(usage);
  }

  /** Makes the operation; it holds values only. */
  public abstract Op bind(Arguments arguments);

  /**
   * Tells what came of it.
   *
   * @param op what {@link #bind} made
   * @param result what it gave
   */
  public abstract Reply reply(Op op, long result);

  /** Tells what came of an operation with several results; all of them are of one kind. */
  public Reply replyAll(ListOp op, long[] results) {
    return RepeatedReply.of(this, op, results);
  }

  @Override
  public final Reply run(Arguments arguments) {
    Op op = bind(arguments);
    Session session = arguments.session();
    boolean watched = session.machine().isAtomic();
    Object before = watched ? session.machine().printk().last() : null;
    Reply reply;
    if (op instanceof ListOp list) {
      reply = replyAll(list, session.runAll(list));
    } else {
      reply = reply(op, session.run(op));
    }
    if (watched) {
      SleepNote.add(arguments, before);
    }
    return reply;
  }

  /** Runs the operation of the arguments many times, as one operation. */
  final Reply repeat(Arguments arguments, long times) {
    Op op = bind(arguments);
    boolean watched = arguments.session().machine().isAtomic();
    Object before = watched ? arguments.session().machine().printk().last() : null;
    Reply reply = RepeatedReply.of(this, op, arguments.session().runAll(new Repeat(op, times)));
    if (watched) {
      SleepNote.add(arguments, before);
    }
    return reply;
  }
}
