package kmemsh.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

class CommandSpecsTest {
  private final TestLab lab = new TestLab();

  @Test
  void everyCommandHasAModelThatNamesItsArguments() {
    for (String name : lab.table.names()) {
      Usage usage = lab.table.command(name).usage();
      String help =
          new CommandLine(CommandSpecs.of(usage)).getUsageMessage(CommandLine.Help.Ansi.OFF);
      assertThat(help).contains(name);
      for (Usage.Param param : usage.params()) {
        assertThat(help).contains(param.label());
      }
    }
  }

  @Test
  void theModelReadsALineAsTheDirectParserDoes() {
    CommandLine model = new CommandLine(CommandSpecs.of(lab.table.command("take").usage()));
    ParseResult parsed = model.parseArgs("--cpu", "1", "3", "GFP_ATOMIC");
    assertThat(parsed.matchedOptionValue("-c", "")).isEqualTo("1");
    assertThat(parsed.matchedPositionalValue(0, "")).isEqualTo("3");
    assertThat(parsed.matchedPositionalValue(1, "")).isEqualTo("GFP_ATOMIC");
  }
}
