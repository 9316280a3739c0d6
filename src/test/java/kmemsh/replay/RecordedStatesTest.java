package kmemsh.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import kmemsh.capture.BadRecording;
import kmemsh.capture.BootSection;
import kmemsh.capture.PageSection;
import kmemsh.capture.RecordedState;
import kmemsh.capture.RecordingReader;
import kmemsh.capture.SectionHead;
import kmemsh.machine.Machine;
import kmemsh.machine.Profile;
import kmemsh.proc.ProcFiles;
import kmemsh.view.Gfp;
import kmemsh.view.PageState;
import kmemsh.view.ProcSnapshots;
import org.junit.jupiter.api.Test;
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

  @ParameterizedTest
  @ValueSource(strings = {"i386-slab-page48", "x86_64-numa-page5120", "x86_64-thp-pagethp"})
  void aMachineThatWasUsedTakesAStateAsAFreshOneDoes(String recording) throws BadRecording {
    String file = "src/test/resources/recordings/" + recording + ".rec.gz";
    try (RecordingReader reader = RecordingReader.open(Path.of(file))) {
      BootSection boot = null;
      SectionHead head = reader.nextSection();
      while (!head.kind().equals("PAGE")) {
        boot = head.kind().equals("BOOT") ? reader.readBoot() : boot;
        head = reader.nextSection();
      }
      Profile profile = new RecordedProfile(file, reader.machine()).profile(boot);
      Machine used = Machine.empty(profile);
      for (RecordedState state : states(reader.readPage())) {
        Machine fresh = Machine.loaded(profile, state.state());
        assertThat(used.loadAgain(state.state())).isTrue();
        assertSamePages(used, fresh);
        use(used, state.line());
        use(fresh, state.line());
        assertSamePages(used, fresh);
      }
    }
  }

  private static void assertSamePages(Machine used, Machine fresh) {
    assertThat(used.verify().violations()).isEmpty();
    assertThat(used.pages().pageState())
        .usingRecursiveComparison()
        .isEqualTo(fresh.pages().pageState());
  }

  private static void use(Machine machine, long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 300; i++) {
      int order = random.nextInt(11);
      int mask = random.nextBoolean() ? Gfp.GFP_KERNEL : Gfp.GFP_HIGHUSER_MOVABLE | Gfp.__GFP_COMP;
      int pfn = machine.pages().allocator().allocPages(mask, order);
      if (pfn >= 0 && random.nextBoolean()) {
        machine.pages().allocator().freePages(pfn, order);
      }
    }
  }

  @Test
  void aMachineTakesNoStateWhoseZonesLieElsewhere() throws BadRecording {
    Machine small = firstPageState("src/test/resources/recordings/i386-slab-page48.rec.gz");
    Machine large = firstPageState("src/test/resources/recordings/i386-slab-proc.rec.gz");
    PageState before = small.pages().pageState();

    assertThat(small.loadAgain(large.pages().pageState())).isFalse();

    assertThat(small.pages().pageState()).usingRecursiveComparison().isEqualTo(before);
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

  /** The files were read when the state at the start of the PAGE section was recorded. */
  @Test
  void aRecordedStateGivesTheFilesThatWereReadThen() throws BadRecording {
    String file = "src/test/resources/recordings/i386-slab-proc.rec.gz";
    ProcSnapshots files = firstPageState(file).files();
    for (String name : List.of("buddyinfo", "pagetypeinfo")) {
      assertThat(text(files, name)).isEqualTo(recorded(name));
    }
    // Pages of processes and slabs are not in the state, nor are zones without memory; per-CPU
    // lists were used between the reading of one file and the next.
    String users =
        "(count:|min  *(0|32)$|low  *(0|32)$|high "
            + " *(0|32)$|Inactive|Active|nr_.*(active|anon|file|mapped|shmem|slab|stack|table_)"
            + "|MemAvail|Cached|Slab|AnonP|Mapped|Shmem|KReclaim|SReclaim|SUnreclaim|KernelSt"
            + "|PageTables|Committed|VmallocUsed|pg|unevictable).*";
    for (String name : List.of("zoneinfo", "vmstat", "meminfo")) {
      assertThat(without(users, text(files, name))).isEqualTo(without(users, recorded(name)));
    }
  }

  private static Machine firstPageState(String file) throws BadRecording {
    try (RecordingReader reader = RecordingReader.open(Path.of(file))) {
      BootSection boot = null;
      SectionHead head = reader.nextSection();
      while (!head.kind().equals("PAGE")) {
        boot = head.kind().equals("BOOT") ? reader.readBoot() : boot;
        head = reader.nextSection();
      }
      Profile profile = new RecordedProfile(file, reader.machine()).profile(boot);
      return Machine.loaded(profile, states(reader.readPage()).get(0).state());
    }
  }

  private static String text(ProcSnapshots files, String name) {
    return ProcFiles.find("/proc/" + name).text(files);
  }

  private static String recorded(String name) {
    try {
      return Files.readString(Path.of("src/test/resources/proc/i386-slab/" + name + ".txt"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> without(String pattern, String text) {
    return text.lines().filter(line -> !line.strip().matches(pattern)).toList();
  }
}
