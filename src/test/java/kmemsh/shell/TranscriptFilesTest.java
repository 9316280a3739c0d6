package kmemsh.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the examples and the README show is what the program prints. {@code
 * -Dtranscript.update=true} writes them anew.
 */
class TranscriptFilesTest {
  private static final Path README = Path.of("README.md");
  private static final Pattern BLOCK = Pattern.compile("(?s)```\n(kmemsh> .*?)```\n");
  private static final boolean UPDATE = Boolean.getBoolean("transcript.update");

  static List<Path> examples() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("examples"))) {
      return files.filter(file -> file.toString().endsWith(".kmsh")).sorted().toList();
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("examples")
  void anExampleShowsWhatTheProgramPrints(Path file) throws IOException {
    Run run = Run.of("", file.toString());
    if (UPDATE) {
      Files.writeString(file, run.out);
    }

    assertThat(run.out).isEqualTo(Files.readString(file));
    assertThat(UPDATE ? "" : run.err).isEmpty();
  }

  @Test
  void theReadmeShowsWhatTheProgramPrints() throws IOException {
    String readme = Files.readString(README);
    StringBuilder updated = new StringBuilder();
    Matcher blocks = BLOCK.matcher(readme);
    int found = 0;
    while (blocks.find()) {
      found++;
      String now = "```\n" + Run.of(blocks.group(1)).out + "```\n";
      blocks.appendReplacement(updated, Matcher.quoteReplacement(now));
    }
    blocks.appendTail(updated);
    if (UPDATE) {
      Files.writeString(README, updated.toString());
      readme = updated.toString();
    }

    assertThat(found).isPositive();
    assertThat(readme).isEqualTo(updated.toString());
  }
}
