package kmemsh.command;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;

/** A dialogue that answers each line with records. */
abstract class RecordDialogue extends Dialogue {
  private final String name;
  private final Queue<Object> waiting = new ArrayDeque<>();

  RecordDialogue(String name) {
    this.name = name;
  }

  @Override
  final String name() {
    return name;
  }

  /** Answers a line. */
  abstract List<Object> answer(String line);

  /** What is left to be said at the end. */
  abstract List<Object> farewell();

  /** The status the program ends with once it is over. */
  abstract int exitStatus();

  final void say(List<Object> records) {
    waiting.addAll(records);
  }

  @Override
  final void line(String line) {
    waiting.clear();
    say(answer(line));
  }

  @Override
  final void end() {
    waiting.clear();
    say(farewell());
  }

  @Override
  final Reply next() {
    Object record = waiting.poll();
    if (record == null) {
      return null;
    }
    Reply reply = Reply.of(record);
    return over() && waiting.isEmpty() ? reply.exitStatus(exitStatus()) : reply;
  }
}
