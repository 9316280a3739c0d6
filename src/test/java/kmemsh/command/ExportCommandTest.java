package kmemsh.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import kmemsh.view.FileTexts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportCommandTest {
  @TempDir private Path top;

  private final TestLab lab = new TestLab();

  private String refusal(Path directory) {
    return lab.one("export '" + directory + "'").refusal().what();
  }

  private boolean export(Path directory) {
    return lab.one("export '" + directory + "'").ok();
  }

  private List<String> besides() throws IOException {
    try (Stream<Path> files = Files.list(top)) {
      return files.map(f -> f.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void theFilesHaveTheBytesThatCatPrints() throws IOException {
    assertThat(export(top.resolve("new"))).isTrue();
    for (String name : List.of("buddyinfo", "meminfo", "vmstat", "zoneinfo", "slabinfo")) {
      FileTexts shown = (FileTexts) lab.one("cat /proc/" + name).record();
      assertThat(Files.readString(top.resolve("new/proc/" + name)))
          .isEqualTo(shown.files().get(0).text());
    }
    assertThat(Files.readString(top.resolve("new/proc/sys/vm/swappiness"))).isEqualTo("60\n");
    assertThat(top.resolve("new/proc/kpageflags")).doesNotExist();
    assertThat(besides()).containsExactly("new");
  }

  @Test
  void pageFilesAreWrittenWhenAskedFor() throws IOException {
    assertThat(lab.one("export --pages '" + top.resolve("new") + "'").ok()).isTrue();
    long bytes = 8L * lab.session.machine().nrFrames();
    assertThat(Files.size(top.resolve("new/proc/kpagecount"))).isEqualTo(bytes);
    assertThat(Files.size(top.resolve("new/proc/kpageflags"))).isEqualTo(bytes);
  }

  @Test
  void anEarlierExportIsReplacedAsAWhole() throws IOException {
    lab.one("reboot --machine x86_64");
    assertThat(export(top.resolve("tree"))).isTrue();
    assertThat(top.resolve("tree/sys/kernel/slab/kmalloc-8/order")).exists();
    lab.one("reboot --machine i386");
    assertThat(export(top.resolve("tree"))).isTrue();
    assertThat(top.resolve("tree/sys/kernel/slab")).doesNotExist();
    assertThat(besides()).containsExactly("tree");
  }

  @Test
  void anEmptyDirectoryIsTaken() throws IOException {
    Files.createDirectory(top.resolve("empty"));
    assertThat(export(top.resolve("empty"))).isTrue();
    assertThat(top.resolve("empty/proc/meminfo")).exists();
  }

  @Test
  void whatOthersMadeIsLeftAlone() throws IOException {
    Path notes = top.resolve("notes.txt");
    Files.writeString(notes, "mine");
    assertThat(refusal(top)).endsWith("has files that export did not make, notes.txt for one");
    assertThat(refusal(notes)).endsWith("is a file: export needs a directory");
    assertThat(export(top.resolve("tree"))).isTrue();
    Files.writeString(top.resolve("tree/proc/mine"), "mine");
    String before = Files.readString(top.resolve("tree/proc/meminfo"));
    assertThat(refusal(top.resolve("tree"))).endsWith("did not make, proc/mine for one");
    assertThat(Files.readString(top.resolve("tree/proc/meminfo"))).isEqualTo(before);
  }

  @Test
  void namesThatCannotBeAreRefused() {
    assertThat(refusal(top.resolve("no/such/place")))
        .endsWith("cannot be written: there is no such file or directory");
    assertThat(refusal(Path.of("/")))
        .isEqualTo("/ is the root directory: export needs one of its own");
  }

  @Test
  void aStoppedExportLeavesNothing() throws IOException {
    Thread.currentThread().interrupt();
    Reply reply = lab.one("export '" + top.resolve("new") + "'");
    assertThat(Thread.interrupted()).isFalse();
    assertThat(reply.refusal().what()).startsWith("stopped: nothing was written to");
    assertThat(besides()).isEmpty();
  }
}
