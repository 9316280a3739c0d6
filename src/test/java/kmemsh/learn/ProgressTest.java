package kmemsh.learn;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProgressTest {
  @TempDir private Path directory;

  @Test
  void whatWasTypedInAChapterIsReadBackWithoutALineThatWasCut() throws IOException {
    Path file = directory.resolve("tour");
    Progress progress = new Progress(file);
    progress.begin(3);
    progress.add("alloc_pages 3");
    Files.writeString(file, Files.readString(file) + "free_pag");

    Progress again = new Progress(file);
    assertThat(again.chapter()).isEqualTo(3);
    assertThat(again.lines()).containsExactly("alloc_pages 3");
    assertThat(again.trouble()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "rubbish\n", "# kmemsh tour 1\nmany\n", "# kmemsh tour 1\n99\n"})
  void aDamagedFileIsKeptAsideAndSaid(String text) throws IOException {
    Path file = directory.resolve("tour");
    for (String name : new String[] {"tour.damaged", "tour.damaged-2"}) {
      Files.writeString(file, text);
      Progress progress = new Progress(file);
      assertThat(progress.chapter()).isZero();
      assertThat(progress.trouble()).contains("was damaged", name);
      assertThat(directory.resolve(name)).hasContent(text);
      progress.begin(1);
      assertThat(new Progress(file).chapter()).isEqualTo(1);
    }
  }

  @Test
  void aFileThatIsNoTextIsKeptAside() throws IOException {
    Path file = directory.resolve("tour");
    byte[] bytes = {(byte) 0xff, (byte) 0xfe, 0, 10};
    Files.write(file, bytes);
    assertThat(new Progress(file).trouble()).contains("tour.damaged");
    assertThat(Files.readAllBytes(directory.resolve("tour.damaged"))).isEqualTo(bytes);
  }
}
