package kmemsh.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import kmemsh.capture.BadRecording;
import kmemsh.capture.RecordingReader;
import kmemsh.machine.Machine;
import kmemsh.machine.MachineOptions;
import kmemsh.machine.Profiles;
import kmemsh.view.PageState;
import org.junit.jupiter.api.Test;

/** The machine a user gets without asking is the one of a recording, block for block. */
class BuiltInMachinesTest {
  @Test
  void theDefaultMachineBootsToTheFreeListsOfTheRecordedKernel() throws BadRecording {
    List<PageState.Zone> recorded;
    Path file = Path.of("src/test/resources/recordings/i386-slab-page1280.rec.gz");
    try (RecordingReader reader = RecordingReader.open(file)) {
      assertThat(reader.nextSection().kind()).isEqualTo("BOOT");
      recorded = reader.readBoot().state().state().zones();
    }

    List<PageState.Zone> booted =
        Machine.atHandOver(Profiles.make(MachineOptions.DEFAULT)).pages().pageState().zones();

    assertThat(booted).hasSameSizeAs(recorded);
    for (int i = 0; i < booted.size(); i++) {
      PageState.Zone zone = booted.get(i);
      assertThat(zone.managedPages()).isEqualTo(recorded.get(i).managedPages());
      assertThat(zone.pageblocks()).isEqualTo(recorded.get(i).pageblocks());
      assertThat(zone.freeLists())
          .usingRecursiveComparison()
          .isEqualTo(recorded.get(i).freeLists());
    }
  }
}
