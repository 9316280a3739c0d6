package kmemsh.command;

import java.util.List;
import kmemsh.learn.Drill;

/** A drill at work. */
final class DrillDialogue extends RecordDialogue {
  private final Drill drill;

  DrillDialogue(String name, Drill drill) {
    super(name);
    this.drill = drill;
    say(drill.begin());
  }

  @Override
  List<Object> answer(String line) {
    return drill.line(line);
  }

  @Override
  List<Object> farewell() {
    return drill.end();
  }

  @Override
  int exitStatus() {
    return drill.exitStatus();
  }

  @Override
  boolean over() {
    return drill.over();
  }
}
