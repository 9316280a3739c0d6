package kmemsh.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import kmemsh.lang.Values;
import kmemsh.machine.Machine;
import kmemsh.machine.MachineOptions;
import kmemsh.machine.Profiles;
import kmemsh.render.LanguageText;
import kmemsh.session.Session;
import kmemsh.text.Text;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code -Dtranscript.update=true} writes the answers of the examples anew. */
class HelpTest {
  private static final String PROMPT = "kmemsh> ";
  private static final Path PAGES = Path.of("src/main/resources/kmemsh/help");

  private final TestLab lab = new TestLab();

  static Stream<String> commands() {
    return Arrays.stream(new TestLab().table.names());
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyCommandHasAPageWithAllItNeeds(String name) {
    Text text = new Text();
    LanguageText.render(lab.one("help " + name).record(), text, 80);
    String page = text.plain();
    assertThat(page).startsWith(name + ": ").contains("Usage\n  " + name, "Meaning\n", "Context\n");
    assertThat(page).contains("Example\n  " + PROMPT, "See also\n");
    assertThat(page.lines().count()).isGreaterThan(3);
    String explained = page.substring(0, page.indexOf("Example\n"));
    assertThat(explained.lines()).allMatch(line -> line.length() <= 80, "at most 80 columns");
  }

  @ParameterizedTest
  @MethodSource("commands")
  void theExampleOfAPageRunsAsItIsPrinted(String name) throws IOException {
    String page = HelpPages.text(name);
    int start = page.indexOf("EXAMPLE\n") + "EXAMPLE\n".length();
    int end = page.indexOf("SEE ALSO\n");
    String expected = page.substring(start, end);
    String now = run(expected);
    if (Boolean.getBoolean("transcript.update")) {
      Path file = PAGES.resolve((name.equals("!") ? "not" : name) + ".txt");
      Files.writeString(file, page.substring(0, start) + now + page.substring(end));
      return;
    }
    assertThat(now).isEqualTo(expected);
  }

  private static String run(String example) {
    Session session = new Session(new Machine(Profiles.make(MachineOptions.DEFAULT)));
    Lab fresh = new Lab(session, new Values(), null, null);
    Interpreter interpreter = new Interpreter(fresh, new CommandTable(fresh));
    Text out = new Text();
    for (String line : example.lines().filter(l -> l.startsWith(PROMPT)).toList()) {
      out.add(line).line();
      interpreter.begin(line.substring(PROMPT.length()));
      for (Reply reply = interpreter.next(); reply != null; reply = interpreter.next()) {
        ReplyText.write(reply, out, 80);
      }
    }
    return out.plain();
  }

  @Test
  void helpAloneListsEveryCommandInEightyColumns() {
    Text text = new Text();
    LanguageText.render(lab.one("help").record(), text, 80);
    List<String> lines = text.plain().lines().toList();
    for (String name : lab.table.names()) {
      assertThat(lines).anyMatch(line -> line.startsWith("  " + name + " "));
    }
    assertThat(lines).allMatch(line -> line.length() <= 80);
    assertThat(lines.get(lines.size() - 1)).contains("undo");
  }

  @Test
  void aproposSearchesNamesSummariesAndPages() {
    assertThat(lab.run("apropos UNDO").get(0)).contains("undo", "redo", "history");
    assertThat(lab.run("apropos backslash").get(0)).contains("source").doesNotContain("undo");
    assertThat(lab.run("apropos qqq"))
        .containsExactly("refused: qqq is in no description of a command");
  }

  @Test
  void helpForAnUnknownWordSuggestsOne() {
    assertThat(lab.one("help undp").refusal().suggestion()).isEqualTo("help undo");
  }

  @Test
  void everyCommandStandsInAGroupAndKnowsIt() {
    for (String group : lab.table.groups()) {
      for (String name : lab.table.names(group)) {
        assertThat(lab.table.command(name).usage().group()).as(name).isEqualTo(group);
        assertThat(lab.table.command(name).usage().name()).isEqualTo(name);
      }
    }
  }
}
