package kmemsh.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import kmemsh.capture.BadRecording;
import kmemsh.capture.BootSection;
import kmemsh.capture.ObjSection;
import kmemsh.capture.RecordingReader;
import kmemsh.machine.Slabs;
import kmemsh.view.ReplayReport;
import kmemsh.view.ReplayReport.Status;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Recordings made by the model itself, on the machine and from the state of a real recording. */
class ObjSearchTest {
  private static final int GFP = 0x2a20;
  private static final int BYTES = 2000;
  private static final int PER_SLAB = 16;

  @TempDir private Path dir;
  private RecordingText text;
  private PageMachine machine;
  private Slabs slabs;
  private int firstOperation;
  private final List<String> lines = new ArrayList<>();

  @BeforeEach
  void loadTheFirstStateOfARealRecording() throws IOException, BadRecording {
    text = RecordingText.of("x86_64-numa-obj-part");
    int start = text.find(text.find(0, "BEGIN OBJ"), "SLABSTATE start");
    firstOperation = text.find(start, "ENDSLABSTATE") + 1;
    try (RecordingReader reader = RecordingReader.open(text.write(dir))) {
      reader.nextSection();
      BootSection boot = reader.readBoot();
      assertThat(reader.nextSection().kind()).isEqualTo("OBJ");
      machine = new ModelMachines("t").forRecording(reader.machine(), boot);
      slabs = machine.slabs(reader.machine());
      load(reader.readObj());
    }
  }

  private void load(ObjSection objects) throws BadRecording {
    int record = objects.next();
    while (record != ObjSection.SLABSTATE) {
      if (record == ObjSection.CACHES) {
        slabs.loadCaches(objects.caches(), objects.kmalloc());
      } else if (record == ObjSection.STATE) {
        machine.load(objects.state().state());
        machine.attach(slabs);
      }
      record = objects.next();
    }
    slabs.loadState(objects.slabState().state(), false);
  }

  private void on(int cpu) {
    machine.setCpu(cpu);
    lines.add("c " + cpu);
  }

  private long kmalloc() {
    long got = slabs.kmalloc(BYTES, GFP);
    lines.add("ka " + BYTES + " 2a20 " + ObjSection.shown(got));
    return got;
  }

  private void kfree(long address) {
    slabs.kfree(address);
    lines.add("kf " + ObjSection.shown(address));
  }

  /** Puts more slabs on node 0's partial list than it has to keep, by CPU 0. */
  private void fillPartialListOfNode0() {
    on(0);
    long[] objects = new long[40 * PER_SLAB];
    for (int i = 0; i < objects.length; i++) {
      objects[i] = kmalloc();
    }
    for (int i = 0; i < objects.length; i += PER_SLAB) {
      kfree(objects[i]);
    }
  }

  private int takeOnNode1() {
    on(1);
    int before = slabs.passOver(null);
    for (int i = 0; i < 10 * PER_SLAB; i++) {
      kmalloc();
    }
    return slabs.passOver(null) - before;
  }

  private ReplayReport.Section replay() throws IOException, BadRecording {
    lines.add("END OBJ");
    lines.add("EOF");
    text.endWith(firstOperation, lines);
    return Replayer.run(text.write(dir), new ReplayOptions(Set.of("OBJ"))).sections().get(0);
  }

  @Test
  void slabsOfAnotherNodeThatHasManyServeACpuWhoseNodeHasNone() throws IOException, BadRecording {
    fillPartialListOfNode0();

    assertThat(takeOnNode1()).isPositive();

    ReplayReport.Section section = replay();
    assertThat(section.status()).isEqualTo(Status.IDENTICAL);
    assertThat(section.note()).isEmpty();
  }

  @Test
  void lookUpsThatAKernelPassedOverAreFound() throws IOException, BadRecording {
    slabs.passOver(BitSet.valueOf(new long[] {0b1001}));
    fillPartialListOfNode0();
    assertThat(takeOnNode1()).isGreaterThan(3);

    ReplayReport.Section section = replay();

    assertThat(section.status()).isEqualTo(Status.IDENTICAL);
    assertThat(section.note())
        .isEqualTo("with 2 look-ups on other nodes passed over (FORMAT.md 11)");
  }

  @Test
  void aCpuThatTakesPagesFromNodeToNodeIsFound() throws IOException, BadRecording {
    machine.setInterleave(2, 0);
    on(2);
    for (int i = 0; i < 6 * PER_SLAB; i++) {
      kmalloc();
    }

    ReplayReport.Section section = replay();

    assertThat(section.status()).isEqualTo(Status.IDENTICAL);
    assertThat(section.note()).isEqualTo("with CPU 2 under the interleave policy (FORMAT.md 11)");
  }

  @Test
  void whatNeitherExplainsStaysADifference() throws IOException, BadRecording {
    on(1);
    kmalloc();
    lines.set(1, "ka 2000 2a20 4711:0");

    ReplayReport.Section section = replay();

    assertThat(section.status()).isEqualTo(Status.DIFFERENT);
    assertThat(section.differences().get(0).expected()).isEqualTo("4711:0");
    assertThat(section.note()).isEmpty();
  }
}
