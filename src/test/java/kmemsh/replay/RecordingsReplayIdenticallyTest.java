package kmemsh.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import kmemsh.capture.BadRecording;
import kmemsh.view.ReplayReport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every recording of a real kernel that lives with the tests is replayed on the model. */
class RecordingsReplayIdenticallyTest {
  /** What is known to differ, by file and parameters, with its reason. It may only shrink. */
  private static final Map<String, String> KNOWN_DIVERGENCES = Map.of();

  private static final Set<String> COMPARED =
      Set.of(
          "PAGE", "BOOT", "STATE", "OBJ", "GEOM", "KMALLOC", "VMALLOC", "KMAP", "COMPACT", "CMA");

  static Stream<Path> recordings() throws IOException, URISyntaxException {
    Path dir =
        Path.of(
            Objects.requireNonNull(RecordingsReplayIdenticallyTest.class.getResource("/recordings"))
                .toURI());
    try (Stream<Path> files = Files.list(dir)) {
      return files.sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("recordings")
  void everySectionIsIdentical(Path file) throws BadRecording {
    ReplayReport report = Replayer.run(file, new ReplayOptions(COMPARED));

    Map<String, Object> different = new TreeMap<>();
    for (ReplayReport.Section section : report.sections()) {
      String name = file.getFileName() + " " + section.kind() + " " + section.parameters();
      if (section.status() != ReplayReport.Status.IDENTICAL
          && !KNOWN_DIVERGENCES.containsKey(name)) {
        different.put(name, section.differences());
      }
    }
    assertThat(different).isEmpty();
    assertThat(report.compared()).isGreaterThan(2000);
  }

  @Test
  void theSelectionCoversTheKernels() throws IOException, URISyntaxException {
    List<String> kernels = new ArrayList<>();
    recordings().forEach(file -> kernels.add(file.getFileName().toString()));

    assertThat(kernels)
        .contains(
            "i386-slab-page48.rec.gz",
            "i386-slab-page1280.rec.gz",
            "i386-pae-page1280.rec.gz",
            "x86_64-smp-page5120.rec.gz",
            "x86_64-numa-page5120.rec.gz",
            "i386-slab-vm-part.rec.gz",
            "i386-pae-vm-part.rec.gz",
            "i386-slub-obj-part.rec.gz",
            "x86_64-smp-obj-part.rec.gz",
            "x86_64-numa-obj-part.rec.gz",
            "x86_64-smp-objbulk-part.rec.gz",
            "x86_64-slub-objdebug-part.rec.gz",
            "x86_64-compact-page5120.rec.gz",
            "x86_64-thp-pagethp.rec.gz",
            "i386-slab-vmalloc-part.rec.gz",
            "i386-pae-vmalloc-part.rec.gz",
            "x86_64-compact-vmalloc-part.rec.gz",
            "x86_64-smp-vmalloc-part.rec.gz");
  }
}
