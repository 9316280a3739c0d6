package kmemsh.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import kmemsh.capture.BadRecording;
import kmemsh.view.ReplayReport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VmallocReplayTest {
  @TempDir Path dir;

  private RecordingText text;

  private ReplayReport.Section replay() throws IOException, BadRecording {
    return Replayer.run(text.write(dir), new ReplayOptions(Set.of("VMALLOC"))).sections().get(0);
  }

  private void change(String start, String from, String to) {
    int at = text.find(0, line -> line.startsWith(start) && line.contains(from));
    text.set(at, text.get(at).replace(from, to));
  }

  @Test
  void anAddressThatDiffersIsShown() throws IOException, BadRecording {
    text = RecordingText.of("i386-slab-vmalloc-part");
    change("va 4 212992", "f8f80000", "f8f84000");

    ReplayReport.Difference found = replay().differences().get(0);
    assertThat(found.what()).isEqualTo("address");
    assertThat(found.expected()).isEqualTo("f8f84000");
    assertThat(found.got()).isEqualTo("f8f80000");
    assertThat(found.before()).contains("va 0 3149005 f8c4c000 lazy=1970");
  }

  @Test
  void aCountOfLazyPagesThatDiffersIsShown() throws IOException, BadRecording {
    text = RecordingText.of("x86_64-smp-vmalloc-part");
    int at = text.find(0, "vf ");
    text.set(at, text.get(at) + "1");

    assertThat(replay().differences().get(0).what()).isEqualTo("lazy");
  }

  @Test
  void aFreeNodeOfAnotherColourIsShown() throws IOException, BadRecording {
    text = RecordingText.of("i386-slab-vmalloc-part");
    int at = text.find(text.find(0, "VCK"), "VF");
    String line = text.get(at);
    text.set(at, line.substring(0, line.length() - 1) + (line.endsWith("r") ? "b" : "r"));

    assertThat(replay().differences().get(0).what()).isEqualTo("VF entry 1");
  }

  @Test
  void listsThatOverlapAreRefused() throws IOException {
    text = RecordingText.of("i386-slab-vmalloc-part");
    change("VB f7e77000", "f7eb3000", "f7eb4000");

    assertThatThrownBy(this::replay)
        .isInstanceOf(BadRecording.class)
        .hasMessageContaining("the lists of areas cannot be");
  }

  @Test
  void freeingWhatWasNeverGivenIsRefused() throws IOException {
    text = RecordingText.of("i386-slab-vmalloc-part");
    change("vf 1 f7ecc000", "f7ecc000", "f7ecd000");

    assertThatThrownBy(this::replay)
        .isInstanceOf(BadRecording.class)
        .hasMessageContaining("f7ecd000 is freed, but no va line gave it");
  }
}
