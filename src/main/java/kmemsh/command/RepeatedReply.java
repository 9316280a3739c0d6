package kmemsh.command;

import kmemsh.lang.Value;
import kmemsh.op.Op;
import kmemsh.view.Repeated;

/** What came of an operation with several results of one kind. */
final class RepeatedReply {
  private RepeatedReply() {}

  /** What {@code command} tells of all {@code results} of {@code op}. */
  static Reply of(OpCommand command, Op op, long[] results) {
    if (results.length == 0) {
      return Reply.of(new Repeated(command.usage().name(), 0, 0, null, null));
    }
    Reply first = command.reply(op, results[0]);
    Reply last = command.reply(op, results[results.length - 1]);
    if (first.made() == null) {
      return Reply.of(
          new Repeated(command.usage().name(), results.length, 0, first.record(), last.record()));
    }
    Value list = list(command, op, results);
    long nrNull = list.nrNull();
    return Reply.of(
        new Repeated(command.usage().name(), results.length, nrNull, first.record(), last.record()),
        list);
  }

  private static Value list(OpCommand command, Op op, long[] results) {
    for (long result : results) {
      Value made = command.reply(op, result).made();
      if (!made.isNull()) {
        return Value.list(made.kind(), made.order(), results);
      }
    }
    return Value.list(results[0] == -1 ? Value.PAGE : Value.ADDRESS, 0, results);
  }
}
