package kmemsh.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import kmemsh.lang.Words;
import kmemsh.op.Refused;
import kmemsh.view.HelpIndex;

/** {@code apropos WORD}: the commands whose name, summary or page has the word. */
final class AproposCommand extends Command {
  private final CommandTable table;

  AproposCommand(CommandTable table) {
    super(
        new Usage("apropos", CommandTable.LANGUAGE, "Find commands by a word in their description")
            .raw()
            .rest("WORD", ArgKind.WORD, true, "any part of a word, in any case"));
    this.table = table;
  }

  @Override
  public Reply run(Arguments arguments) {
    String wanted = arguments.text().toLowerCase(Locale.ROOT);
    List<HelpIndex.Line> found = new ArrayList<>();
    for (String name : table.names()) {
      Usage usage = table.command(name).usage();
      String all = name + ' ' + usage.summary() + ' ' + HelpPages.text(name);
      if (all.toLowerCase(Locale.ROOT).contains(wanted)) {
        found.add(new HelpIndex.Line(name, usage.summary()));
      }
    }
    if (found.isEmpty()) {
      throw new Refused(Words.show(wanted) + " is in no description of a command");
    }
    return Reply.of(
        new HelpIndex(
            List.of(new HelpIndex.Group("", "Commands about " + Words.show(wanted), found))));
  }
}
