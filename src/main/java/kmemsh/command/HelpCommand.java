package kmemsh.command;

import java.util.ArrayList;
import java.util.List;
import kmemsh.lang.Words;
import kmemsh.op.Refused;
import kmemsh.view.HelpIndex;
import kmemsh.view.Refusal;

/** {@code help}, {@code help COMMAND}, {@code help GROUP}. */
final class HelpCommand extends Command {
  private final CommandTable table;

  HelpCommand(CommandTable table) {
    super(
        new Usage("help", CommandTable.LANGUAGE, "Explain a command, a group, or list them all")
            .raw()
            .optional("TOPIC", ArgKind.TOPIC, "everything", "a command or a group of commands"));
    this.table = table;
  }

  @Override
  public Reply run(Arguments arguments) {
    if (!arguments.has(0)) {
      List<HelpIndex.Group> groups = new ArrayList<>();
      for (String group : table.groups()) {
        groups.add(group(group));
      }
      return Reply.of(new HelpIndex(groups));
    }
    String topic = arguments.word(0);
    Command command = table.command(topic);
    if (command != null) {
      return Reply.of(HelpPages.page(command.usage()));
    }
    if (table.title(topic) != null) {
      return Reply.of(new HelpIndex(List.of(group(topic))));
    }
    String near = Mistakes.near(topic, table);
    throw new Refused(
        new Refusal(
            Words.show(topic) + " is no command and no group: `help` lists them",
            "",
            near.isEmpty() || near.indexOf(' ') > 0 ? near : "help " + near));
  }

  private HelpIndex.Group group(String name) {
    List<HelpIndex.Line> lines = new ArrayList<>();
    for (String command : table.names(name)) {
      lines.add(new HelpIndex.Line(command, table.command(command).usage().summary()));
    }
    return new HelpIndex.Group(name, table.title(name), lines);
  }
}
