package kmemsh.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import kmemsh.capture.BadRecording;
import kmemsh.capture.BootSection;
import kmemsh.capture.PageSection;
import kmemsh.capture.RecordingReader;
import kmemsh.capture.SectionHead;
import kmemsh.view.ReplayReport;
import kmemsh.view.ReplayReport.Status;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Recordings made by the model itself, on the machine and from the state of a real recording. */
class InterleaveSearchTest {
  private static final ReplayOptions PAGE = new ReplayOptions(Set.of("PAGE"));
  private static final int GFP = 0x2a20;

  @TempDir private Path dir;
  private RecordingText text;
  private PageMachine machine;
  private int firstOperation;
  private final List<String> lines = new ArrayList<>();

  @BeforeEach
  void loadTheFirstStateOfARealRecording() throws IOException, BadRecording {
    text = RecordingText.of("x86_64-numa-page5120");
    firstOperation = text.find(text.find(0, "BEGIN PAGE"), "ENDSTATE") + 1;
    Path file = text.write(dir);
    try (RecordingReader reader = RecordingReader.open(file)) {
      reader.nextSection();
      BootSection boot = reader.readBoot();
      SectionHead head = reader.nextSection();
      assertThat(head.kind()).isEqualTo("PAGE");
      machine = new ModelMachines("t").forRecording(reader.machine(), boot);
      PageSection pages = reader.readPage();
      assertThat(pages.next()).isEqualTo(PageSection.STATE);
      machine.load(pages.state().state());
    }
  }

  private void allocOn(int cpu, int nr) {
    machine.setCpu(cpu);
    lines.add("c " + cpu);
    for (int i = 0; i < nr; i++) {
      lines.add("a 0 2a20 " + machine.allocPages(GFP, 0));
    }
  }

  private ReplayReport.Section replay() throws IOException, BadRecording {
    lines.add("END PAGE");
    lines.add("EOF");
    text.endWith(firstOperation, lines);
    return Replayer.run(text.write(dir), PAGE).sections().get(0);
  }

  @Test
  void aCpuThatInterleavesIsFoundWhateverNodeItUsedLast() throws IOException, BadRecording {
    machine.setInterleave(1, 0);
    allocOn(0, 3);
    allocOn(1, 5);
    allocOn(0, 3);
    allocOn(1, 4);

    ReplayReport.Section section = replay();

    assertThat(section.status()).isEqualTo(Status.IDENTICAL);
    assertThat(section.operations()).isEqualTo(15);
    assertThat(section.note()).isEqualTo("with CPU 1 under the interleave policy (FORMAT.md 11)");
  }

  @Test
  void twoCpusThatInterleaveAreFound() throws IOException, BadRecording {
    machine.setInterleave(1, 1);
    machine.setInterleave(3, 0);
    allocOn(1, 5);
    allocOn(3, 5);
    allocOn(2, 5);

    ReplayReport.Section section = replay();

    assertThat(section.status()).isEqualTo(Status.IDENTICAL);
    assertThat(section.note()).startsWith("with CPU 1, CPU 3 under");
  }

  @Test
  void theDefaultPolicyNeedsNoNote() throws IOException, BadRecording {
    allocOn(1, 5);

    ReplayReport.Section section = replay();

    assertThat(section.status()).isEqualTo(Status.IDENTICAL);
    assertThat(section.note()).isEmpty();
  }

  @Test
  void whatNoPolicyExplainsStaysADifference() throws IOException, BadRecording {
    machine.setInterleave(1, 0);
    allocOn(1, 5);
    lines.set(4, "a 0 2a20 4711");

    ReplayReport.Section section = replay();

    assertThat(section.status()).isEqualTo(Status.DIFFERENT);
    assertThat(section.note()).isEmpty();
  }

  @Test
  void cpu0IsNeverTakenToInterleave() throws IOException, BadRecording {
    machine.setInterleave(0, 0);
    allocOn(0, 5);

    assertThat(replay().status()).isEqualTo(Status.DIFFERENT);
  }
}
