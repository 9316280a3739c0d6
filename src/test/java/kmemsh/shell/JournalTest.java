package kmemsh.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
  @TempDir Path directory;

  private Path dead(String text) throws IOException {
    return Files.writeString(directory.resolve("journal-1"), text);
  }

  @Test
  void onlyTheOwnerCanReadIt() throws IOException {
    Path state = directory.resolve("new/kmemsh");
    try (Journal journal = Journal.create(state, List.of("--mem=64M"))) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(journal.file())))
          .isEqualTo("rw-------");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(state)))
          .isEqualTo("rwx------");
    }
  }

  @Test
  void whatWasWrittenIsReadBack() throws IOException {
    try (Journal journal = Journal.create(directory, List.of("--mem=64M", "--cpus=2"))) {
      journal.append("alloc_pages 3");
      journal.append("echo 'a\nb'");
      journal.append("for p in $1: free_pages $p");
      journal.stopped(17);

      Journal.Dead read = Journal.read(journal.file());

      assertThat(read.options).containsExactly("--mem=64M", "--cpus=2");
      assertThat(read.lines)
          .containsExactly("alloc_pages 3", "echo 'a\nb'", "for p in $1: free_pages $p");
      assertThat(read.stops).containsExactly(-1, -1, 17);
      assertThat(read.torn).isFalse();
    }
  }

  @Test
  void aSessionThatLivesOrEndedWellIsNotResumed() throws IOException {
    try (Journal journal = Journal.create(directory, List.of())) {
      assertThat(journal.file()).exists();
      assertThat(Journal.dead(directory)).isEmpty();
    }
    assertThat(Journal.dead(directory)).isEmpty();
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void aHalfWrittenLastLineIsLeftOutAndGoesAway() throws IOException {
    Path file = dead("# kmemsh journal 1\nalloc_pages 3\nfree_pa");
    assertThat(Journal.dead(directory)).containsExactly(file);
    Journal.Dead read = Journal.read(file);
    assertThat(read.lines).containsExactly("alloc_pages 3");
    assertThat(read.torn).isTrue();

    try (Journal journal = Journal.takeOver(read)) {
      journal.append("free_pages $1 3");

      assertThat(Journal.read(journal.file()).lines)
          .containsExactly("alloc_pages 3", "free_pages $1 3");
    }
  }

  @Test
  void anythingElseIsNoJournal() throws IOException {
    Path file = dead("alloc_pages 3\n");
    Files.writeString(file, "", StandardOpenOption.APPEND);

    assertThatThrownBy(() -> Journal.read(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("is no journal of this version");
  }
}
