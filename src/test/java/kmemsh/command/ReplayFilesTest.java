package kmemsh.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import kmemsh.op.Refused;
import kmemsh.replay.ReplayOptions;
import kmemsh.view.ReplayReport;
import org.junit.jupiter.api.Test;

class ReplayFilesTest {
  private static List<String> recordings() throws Exception {
    try (Stream<Path> files = Files.list(Path.of("src/test/resources/recordings"))) {
      return files
          .map(Path::toString)
          .filter(name -> name.endsWith(".gz") || name.endsWith(".rec"))
          .sorted()
          .limit(6)
          .toList();
    }
  }

  @Test
  void severalAtATimeGiveWhatOneAfterTheOtherGives() throws Exception {
    List<String> names = recordings();
    assertThat(names).hasSizeGreaterThan(2);
    List<ReplayReport> expected = new ArrayList<>();
    for (String name : names) {
      expected.addAll(ReplayFiles.run(List.of(name), ReplayOptions.ALL));
    }

    assertThat(ReplayFiles.run(names, ReplayOptions.ALL)).isEqualTo(expected);
  }

  @Test
  void theFirstFileThatIsBadIsTheOneNamed() throws Exception {
    List<String> names = new ArrayList<>(recordings());
    names.add(1, "/no/such/first");
    names.add(2, "/no/such/second");

    assertThatThrownBy(() -> ReplayFiles.run(names, ReplayOptions.ALL))
        .isInstanceOf(Refused.class)
        .hasMessageContaining("/no/such/first");
  }

  @Test
  void anInterruptStopsBehindTheFirstSection() throws Exception {
    List<String> names = recordings();
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> ReplayFiles.run(names, ReplayOptions.ALL))
        .isInstanceOf(Refused.class)
        .hasMessage("stopped after 1 sections of " + names.get(0));
    assertThat(Thread.interrupted()).isFalse();
  }
}
