package kmemsh.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import kmemsh.capture.BadRecording;
import kmemsh.capture.BootSection;
import kmemsh.capture.PageSection;
import kmemsh.capture.RecordedState;
import kmemsh.capture.RecordingReader;
import kmemsh.capture.SectionHead;
import kmemsh.machine.Machine;
import kmemsh.machine.Profile;
import kmemsh.proc.ProcFiles;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** States of real kernels keep every rule, and give the bytes of their /proc/buddyinfo. */
class RecordedStatesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "i386-slab-proc",
        "i386-slab-page48",
        "x86_64-numa-page5120",
        "x86_64-compact-page5120",
        "x86_64-thp-pagethp"
      })
  void aRecordedStateGivesItsBuddyinfoAndKeepsEveryRule(String recording) throws BadRecording {
    String file = "src/test/resources/recordings/" + recording + ".rec.gz";
    int nrStates = 0;
    try (RecordingReader reader = RecordingReader.open(Path.of(file))) {
      BootSection boot = null;
      for (SectionHead head = reader.nextSection(); head != null; head = reader.nextSection()) {
        if (head.kind().equals("BOOT")) {
          boot = reader.readBoot();
        } else if (head.kind().equals("PAGE")) {
          Profile profile = new RecordedProfile(file, reader.machine()).profile(boot);
          for (RecordedState state : states(reader.readPage())) {
            check(Machine.loaded(profile, state.state()), state);
            nrStates++;
          }
        }
      }
    }
    assertThat(nrStates).isPositive();
  }

  private static List<RecordedState> states(PageSection section) throws BadRecording {
    List<RecordedState> states = new ArrayList<>();
    for (int next = section.next(); next != PageSection.END; next = section.next()) {
      if (next == PageSection.STATE) {
        states.add(section.state());
      }
    }
    return states;
  }

  private static void check(Machine machine, RecordedState state) {
    String text = ProcFiles.find("/proc/buddyinfo").text(machine.files());
    assertThat(text.lines().toList()).isEqualTo(state.buddyinfo());
    assertThat(machine.verify().violations()).as("line %d", state.line()).isEmpty();
  }
}
