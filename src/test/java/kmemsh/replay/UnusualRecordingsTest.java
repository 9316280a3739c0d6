package kmemsh.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import kmemsh.capture.BadRecording;
import kmemsh.capture.BootSection;
import kmemsh.capture.RecordingReader;
import kmemsh.machine.Machine;
import kmemsh.machine.Profile;
import kmemsh.view.PageState;
import kmemsh.view.ReplayReport;
import kmemsh.view.ReplayReport.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What FORMAT.md allows and no recording of the recorded kernels shows. */
class UnusualRecordingsTest {
  private static final int CPU_MAPS_BYTES = 16 << 12;

  @TempDir private Path dir;

  private static ReplayReport replay(Path file, String... kinds) throws BadRecording {
    return Replayer.run(file, new ReplayOptions(Set.of(kinds)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "i386-slab-vm-part",
        "i386-pae-vmalloc-part",
        "i386-slab-geom-part",
        "i386-slab-smp-objreap-part",
        "i386-slob-obj-part",
        "x86_64-smp-obj-part",
        "i386-slab-page48"
      })
  void linesOfCommentsMayStandAnywhere(String name) throws IOException, BadRecording {
    RecordingText text = RecordingText.of(name);
    int header = text.find(0, "#kmoracle");
    for (int i = text.find(header, "EOF"); i > 0; i--) {
      if (i <= header || i % 7 == 0 || !Character.isLowerCase(text.get(i).charAt(0))) {
        text.add(i, "#" + " a comment that nobody reads".repeat(i % 5));
      }
    }

    ReplayReport report =
        replay(text.write(dir), "BOOT", "PAGE", "OBJ", "GEOM", "KMALLOC", "VMALLOC", "KMAP");

    assertThat(report.sections()).allMatch(section -> section.status() == Status.IDENTICAL);
    assertThat(report.compared()).isGreaterThan(2000);
  }

  @Test
  void localMapsLieWhereTheLayoutLineSaysAndBelongToTheCpuOfTheirAddress()
      throws IOException, BadRecording {
    RecordingText text = RecordingText.of("i386-slab-vm-part");
    int layout = text.find(0, "LAYOUT");
    text.set(layout, text.get(layout).replace("BEGIN=ffffc000", "BEGIN=fffbb000"));
    int node = text.find(0, "CPUNODE");
    text.add(node + 1, "CPUNODE 1 0");
    int end = text.find(node, "EOF");
    for (int i = node; i < end; i++) {
      String[] words = text.get(i).split(" ");
      boolean local = words[0].equals("kl") || words[0].equals("kA") || words[0].equals("kU");
      if (local && words[words.length - 1].startsWith("fff")) {
        long virt = Long.parseLong(words[words.length - 1], 16);
        words[words.length - 1] =
            Long.toHexString(virt - (0xffffc000L - 0xfffbb000L) - CPU_MAPS_BYTES);
        text.set(i, String.join(" ", words));
      }
    }

    ReplayReport report = replay(text.write(dir), "KMAP");

    assertThat(report.count(Status.IDENTICAL)).isEqualTo(2);
    assertThat(report.operations()).isEqualTo(17548);
  }

  @Test
  void lowmemPagesHaveTheAddressesOfTheRecordedSplit() throws IOException, BadRecording {
    RecordingText text = RecordingText.of("i386-slab-vm-part");
    int layout = text.find(0, "LAYOUT");
    text.set(layout, text.get(layout).replace("PAGE_OFFSET=c0000000", "PAGE_OFFSET=b0000000"));
    int lowmem =
        text.find(layout, line -> line.matches("km [0-9]+ c.......|k[lA] [0-9]+ c......."));
    String line = text.get(lowmem);
    int blank = line.lastIndexOf(' ');
    long virt = Long.parseLong(line.substring(blank + 1), 16) - 0x10000000L;
    text.set(lowmem, line.substring(0, blank + 1) + Long.toHexString(virt));

    ReplayReport.Section section = replay(text.write(dir), "KMAP").sections().get(0);

    assertThat(section.differences().get(0).line()).isGreaterThan(lowmem + 1L);
  }

  @Test
  void anAreaOfMorePagesThanThereAreIsRefusedBeforeAddressesAreSought()
      throws IOException, BadRecording {
    RecordingText text = RecordingText.of("x86_64-compact-vmalloc-part");
    int machine = text.find(0, "MACHINE");
    text.set(machine, text.get(machine).replaceAll("totalram_pages=[0-9]+", "totalram_pages=30"));
    int take = text.find(machine, line -> line.matches("va [013] [0-9]{7,} [0-9a-f]+ .*"));

    ReplayReport.Difference found =
        replay(text.write(dir), "VMALLOC").sections().get(0).differences().get(0);

    assertThat(found.line()).isLessThanOrEqualTo(take + 1L);
    assertThat(found.got()).isEqualTo("-");
    assertThat(found.text()).matches("va [013] [0-9]{6,} .*");
  }

  /** Three nodes of one zone each; no distances but the zonelists are recorded. */
  private static String threeNodes(String... zonelists) {
    return """
    BEGIN BOOT
    MEMBLOCK memory 1000 9f000 nid=0
    MEMBLOCK memory 100000 4000000 nid=0
    MEMBLOCK memory 4000000 8000000 nid=1
    MEMBLOCK memory 8000000 c000000 nid=2
    MEMBLOCK reserved 0 100000
    STATE boot
    ZONE 0 node=0 name=DMA start=1 spanned=4095 present=3998 managed=3840 free=3840
    ENDSTATE
    END BOOT
    #kmoracle 1
    KERNEL release=6.1.192 arch=x86_64 alloc=SLUB smp=1 numa=1 cma=0 cpus=3 nodes=3
    MACHINE page_size=4096 max_order=11 pageblock_order=10 max_nr_zones=4 max_pfn=49152 \
    sizeof_page=64 nr_pcp_lists=12
    LAYOUT PAGE_OFFSET=ffff888000000000
    CPUNODE 0 0
    CPUNODE 1 1
    CPUNODE 2 2
    """
        + String.join("\n", zonelists)
        + "\nBEGIN STATE\nEOF\n";
  }

  @ParameterizedTest
  @CsvSource({
    "ZONELIST 0 0 : 1 0 5 9, 1 0 5 9",
    "ZONELIST 0 0 : 1 0 9 5, 1 0 9 5",
    "ZONELIST 1 0 : 5 9 1 0, 1 0 5 9",
  })
  void nodesFallBackInTheOrderOfTheirZonelist(String zonelist, String zones)
      throws IOException, BadRecording {
    Path file = Files.writeString(dir.resolve("nodes.rec"), threeNodes(zonelist));
    try (RecordingReader reader = RecordingReader.open(file)) {
      reader.nextSection();
      BootSection boot = reader.readBoot();
      reader.nextSection();
      Machine machine =
          Machine.empty(new RecordedProfile("nodes.rec", reader.machine()).profile(boot));

      int[] expected = Arrays.stream(zones.split(" ")).mapToInt(Integer::parseInt).toArray();
      assertThat(machine.pages().zonelist(0, 0xcc0)).isEqualTo(expected);
    }
  }

  @Test
  void aKernelForSeveralNodesMayHaveOne() throws BadRecording, IOException {
    RecordingText text = RecordingText.of("x86_64-smp-vmalloc-part");
    int kernel = text.find(0, "KERNEL");
    text.set(kernel, text.get(kernel).replace(" numa=0 ", " numa=1 "));
    Path file = text.write(dir);

    try (RecordingReader reader = RecordingReader.open(file)) {
      reader.nextSection();
      BootSection boot = reader.readBoot();
      reader.nextSection();
      Profile profile = new RecordedProfile("one.rec", reader.machine()).profile(boot);
      assertThat(profile.numa()).isTrue();
      assertThat(profile.nrNodes()).isEqualTo(1);
    }
    ReplayReport report = Replayer.run(file, ReplayOptions.ALL);
    assertThat(report.count(ReplayReport.Status.IDENTICAL)).isEqualTo(report.sections().size());
  }

  @Test
  void theStateOfAZoneMayHaveItsFreePagesInTheHandsOfTheCpus() throws BadRecording, IOException {
    Path file =
        Files.writeString(
            dir.resolve("negative.rec"),
            threeNodes("ZONELIST 0 0 : 1 0 5 9").replace("free=3840", "free=-12"));
    try (RecordingReader reader = RecordingReader.open(file)) {
      reader.nextSection();
      PageState.Zone zone = reader.readBoot().state().state().zones().get(0);
      assertThat(zone.nrFreePages()).isEqualTo(-12);
    }
  }
}
