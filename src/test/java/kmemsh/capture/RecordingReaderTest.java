package kmemsh.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import kmemsh.view.PageState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordingReaderTest {
  private static final String BOOT =
      """
      BEGIN BOOT
      MEMBLOCK memory 1000 9f000 nid=0
      MEMBLOCK memory 100000 4000000
      MEMBLOCK reserved 0 100000
      STATE boot
      ZONE 0 node=0 name=DMA start=1 spanned=4095 present=3998 managed=3840 free=3840
      ENDSTATE
      END BOOT
      """;

  private static final String MACHINE =
      """
      #kmoracle 1
      KERNEL release=6.1.192 arch=x86_64 alloc=SLUB smp=1 numa=0 cma=0
      MACHINE page_size=4096 max_order=11 pageblock_order=10 max_nr_zones=4 max_pfn=16384 \
      sizeof_page=64 nr_pcp_lists=12
      LAYOUT PAGE_OFFSET=ffff888000000000
      SLABCONST KMALLOC_MIN_SIZE=8
      E820 0 1000 2
      E820 100000 3f00000 1
      MTNAME 0 Unmovable
      MTNAME 1 Movable
      MTNAME 2 Reclaimable
      MTNAME 3 HighAtomic
      MTNAME 4 Isolate
      CPUNODE 0 0
      CPUNODE 1 0
      ZONELIST 0 0 : 1 0
      """;

  private static final String STATE =
      """
      STATE start
      ZONE 1 node=0 name=DMA32 start=4096 spanned=12288 present=12000 managed=11000 min=1 low=2 \
      high=3 promo=4 boost=5 highatomic=6 free=7 flags=3 pset_high=4 pset_batch=1 drift_mark=8 \
      cma=9 lowmem_reserve=0,10,11,12 free_cma=13
      FREE 1 0 4 6 : 4100+1*4 5000 4999
      FREE 1 3 1 3 : 8192-8*3
      PCP 1 0 count=3 high=14 batch=15 free_factor=2 expire=0 vdiff=-16 vthr=17 cdiff=-1
      PCPL 1 0 0 1 : 6000 6002 6001
      PCPX 1 0 6002 2
      PCP 1 1 count=0 high=14 batch=15 free_factor=0
      BLK 1 : 1*2 0*1 4*1 -1*8
      LRU 1 : 7000+1*2
      BI Node 0, zone    DMA32      6      0
      ENDSTATE
      """;

  private static RecordingReader reader(String text) throws BadRecording {
    return RecordingReader.open(
        "t.rec", new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1)));
  }

  private static PageSection pages(String records) throws BadRecording {
    RecordingReader reader = reader(MACHINE + "BEGIN PAGE mix=1 seed=7\n" + records);
    assertThat(reader.nextSection().kind()).isEqualTo("PAGE");
    return reader.readPage();
  }

  private static PageSection operation(String line) throws BadRecording {
    PageSection pages = pages(line + "\nEND PAGE\nEOF\n");
    assertThat(pages.next()).isEqualTo(PageSection.OPERATION);
    return pages;
  }

  /** The sections of a recording, each read to its end. */
  static List<String> readAll(RecordingReader reader) throws BadRecording {
    List<String> kinds = new ArrayList<>();
    SectionHead head = reader.nextSection();
    while (head != null) {
      kinds.add(head.kind());
      if (head.kind().equals("BOOT")) {
        reader.readBoot();
      } else if (head.kind().equals("STATE")) {
        reader.readState();
      } else if (head.kind().equals("PAGE")) {
        PageSection pages = reader.readPage();
        while (pages.next() != PageSection.END) {
          assertThat(pages.line()).isPositive();
        }
      } else if (head.kind().equals("KMAP")) {
        KmapSection kmaps = reader.readKmap();
        while (kmaps.next() != KmapSection.END) {
          assertThat(kmaps.text()).isNotEmpty();
        }
      }
      head = reader.nextSection();
    }
    return kinds;
  }

  @Test
  void sectionsComeInTheOrderOfTheFile() throws BadRecording {
    String text =
        BOOT
            + MACHINE
            + "BEGIN OBJ mix=0\noa 1 cc0 5:0\nEND OBJ ops=1\nBEGIN STATE\n"
            + STATE
            + "END STATE\nBEGIN PAGE\nEND PAGE ops=0\nEOF\n";

    assertThat(readAll(reader(text))).containsExactly("BOOT", "OBJ", "STATE", "PAGE");
  }

  @Test
  void aSkippedSectionTellsItsOperations() throws BadRecording {
    RecordingReader reader =
        reader(MACHINE + "BEGIN OBJ mix=0 seed=3\nof 1 5:0\nEOC x\nEND OBJ ops=412\nEOF\n");

    SectionHead head = reader.nextSection();

    assertThat(head.parameter("seed")).isEqualTo("3");
    assertThat(head.parameter("see")).isEmpty();
    assertThat(reader.skipSection()).isEqualTo(412);
    assertThat(reader.nextSection()).isNull();
  }

  @Test
  void memblockRangesAreReadInTheirOrder() throws BadRecording {
    RecordingReader reader = reader(BOOT + MACHINE + "EOF\n");
    reader.nextSection();

    BootSection boot = reader.readBoot();

    assertThat(boot.memory())
        .containsExactly(
            new BootSection.Range(0x1000, 0x9f000, 0),
            new BootSection.Range(0x100000, 0x4000000, -1));
    assertThat(boot.reserved()).containsExactly(new BootSection.Range(0, 0x100000, -1));
    assertThat(boot.state().why()).isEqualTo("boot");
    assertThat(boot.state().state().zones().get(0).managedPages()).isEqualTo(3840);
  }

  @Test
  void theMachineIsKnownBehindItsLines() throws BadRecording {
    RecordingReader reader = reader(BOOT + MACHINE + "EOF\n");
    reader.nextSection();
    assertThat(reader.machine()).isNull();

    assertThat(reader.nextSection()).isNull();

    RecordedMachine machine = reader.machine();
    assertThat(machine.arch()).isEqualTo("x86_64");
    assertThat(machine.option("smp")).isTrue();
    assertThat(machine.option("numa")).isFalse();
    assertThat(machine.maxPfn()).isEqualTo(16384);
    assertThat(machine.nrCpus()).isEqualTo(2);
    assertThat(machine.nrNodes()).isEqualTo(1);
    assertThat(machine.layout()).containsEntry("PAGE_OFFSET", "ffff888000000000");
    assertThat(machine.slabConst()).containsEntry("KMALLOC_MIN_SIZE", "8");
    assertThat(machine.migratetypes()).hasSize(5).endsWith("Isolate");
    assertThat(machine.e820())
        .containsExactly(
            new RecordedMachine.E820(0, 0x1000, 2),
            new RecordedMachine.E820(0x100000, 0x3f00000, 1));
    assertThat(machine.zonelists().get(0).zones()).containsExactly(1, 0);
  }

  @Test
  void everyFieldOfAZoneIsRead() throws BadRecording {
    PageSection pages = pages(STATE + "END PAGE\nEOF\n");
    assertThat(pages.next()).isEqualTo(PageSection.STATE);

    RecordedState state = pages.state();
    PageState.Zone zone = state.state().zones().get(0);

    assertThat(state.why()).isEqualTo("start");
    assertThat(state.hasCmaDiffs()).isTrue();
    assertThat(state.buddyinfo()).containsExactly("Node 0, zone    DMA32      6      0");
    assertThat(zone.id()).isEqualTo(1);
    assertThat(zone.name()).isEqualTo("DMA32");
    assertThat(zone.zoneStartPfn()).isEqualTo(4096);
    assertThat(zone.spannedPages()).isEqualTo(12288);
    assertThat(zone.presentPages()).isEqualTo(12000);
    assertThat(zone.managedPages()).isEqualTo(11000);
    assertThat(zone.watermark()).containsExactly(1, 2, 3, 4);
    assertThat(zone.watermarkBoost()).isEqualTo(5);
    assertThat(zone.nrReservedHighatomic()).isEqualTo(6);
    assertThat(zone.nrFreePages()).isEqualTo(7);
    assertThat(zone.flags()).isEqualTo(3);
    assertThat(zone.driftMark()).isEqualTo(8);
    assertThat(zone.cmaPages()).isEqualTo(9);
    assertThat(zone.lowmemReserve()).containsExactly(0, 10, 11, 12);
    assertThat(zone.nrFreeCmaPages()).isEqualTo(13);
    assertThat(zone.lruPfns()).containsExactly(7000, 7001);
  }

  @Test
  void runsAreExpandedUpwardsAndDownwards() throws BadRecording {
    PageSection pages = pages(STATE + "END PAGE\nEOF\n");
    pages.next();

    List<PageState.FreeList> lists = pages.state().state().zones().get(0).freeLists();

    assertThat(lists.get(0).pfns()).containsExactly(4100, 4101, 4102, 4103, 5000, 4999);
    assertThat(lists.get(1).pfns()).containsExactly(8192, 8184, 8176);
    assertThat(lists.get(1).order()).isEqualTo(3);
  }

  @Test
  void isolateIsType5AlsoOnAKernelWhereItIs4() throws BadRecording {
    PageSection pages = pages(STATE + "END PAGE\nEOF\n");
    pages.next();

    PageState.Zone zone = pages.state().state().zones().get(0);

    assertThat(zone.freeLists().get(0).migratetype()).isEqualTo(5);
    assertThat(zone.pageblocks()).containsExactly(1, 1, 0, 5, -1, -1, -1, -1, -1, -1, -1, -1);
  }

  @Test
  void everyFieldOfAPageSetIsRead() throws BadRecording {
    PageSection pages = pages(STATE + "END PAGE\nEOF\n");
    pages.next();

    PageState.Pcp pcp = pages.state().state().zones().get(0).pcps().get(0);

    assertThat(pcp.count()).isEqualTo(3);
    assertThat(pcp.high()).isEqualTo(14);
    assertThat(pcp.batch()).isEqualTo(15);
    assertThat(pcp.freeFactor()).isEqualTo(2);
    assertThat(pcp.vdiff()).isEqualTo(-16);
    assertThat(pcp.vthreshold()).isEqualTo(17);
    assertThat(pcp.cmaDiff()).isEqualTo(-1);
    assertThat(pcp.lists().get(0).pfns()).containsExactly(6000, 6002, 6001);
    assertThat(pcp.strays()).containsExactly(6002, 2);
  }

  @Test
  void anAllocationHasOrderMaskAndResult() throws BadRecording {
    PageSection pages = operation("a 3 2cc0 12320");

    assertThat(pages.operation()).isEqualTo('a');
    assertThat(pages.order()).isEqualTo(3);
    assertThat(pages.gfpMask()).isEqualTo(0x2cc0);
    assertThat(pages.pfn()).isEqualTo(12320);
    assertThat(pages.text()).isEqualTo("a 3 2cc0 12320");
  }

  @Test
  void aDashIsNull() throws BadRecording {
    assertThat(operation("a 10 2820 -").pfn()).isEqualTo(PageSection.NO_PFN);
    assertThat(operation("x 5000 2820 -").text()).isEqualTo("x 5000 2820 -");
  }

  @Test
  void anExactAllocationHasBytes() throws BadRecording {
    PageSection pages = operation("x 265137 2a20 12928");

    assertThat(pages.bytes()).isEqualTo(265137);
    assertThat(pages.pfn()).isEqualTo(12928);
    assertThat(operation("y 265137 12928").bytes()).isEqualTo(265137);
  }

  @Test
  void aBulkHasItsPagesInArrayOrder() throws BadRecording {
    PageSection pages = operation("b 9 2a28 4 : 13193+1*3 256");

    assertThat(pages.wanted()).isEqualTo(9);
    assertThat(pages.nrPfns()).isEqualTo(4);
    assertThat(pages.pfns()).startsWith(13193, 13194, 13195, 256);
    assertThat(operation("b 5 2a28 0 :").nrPfns()).isZero();
  }

  @Test
  void aListToFreeHasItsPagesInOrder() throws BadRecording {
    PageSection pages = operation("l 3 : 13+2*2 7");

    assertThat(pages.nrPfns()).isEqualTo(3);
    assertThat(pages.pfns()).startsWith(13, 15, 7);
  }

  @Test
  void aChangeOfCpuIsNoOperationOfTheScenario() throws BadRecording {
    PageSection pages = pages("f 0 5\nc 1\ns 2 8\nEND PAGE ops=2\nEOF\n");

    assertThat(pages.next()).isEqualTo(PageSection.OPERATION);
    assertThat(pages.next()).isEqualTo(PageSection.OPERATION);
    assertThat(pages.cpu()).isEqualTo(1);
    assertThat(pages.operations()).isEqualTo(1);
    assertThat(pages.next()).isEqualTo(PageSection.OPERATION);
    assertThat(pages.text()).isEqualTo("s 2 8");
    assertThat(pages.next()).isEqualTo(PageSection.END);
    assertThat(pages.next()).isEqualTo(PageSection.END);
  }

  @Test
  void aCheckpointHasZonesListsAndPageSets() throws BadRecording {
    PageSection pages =
        pages(
            """
            CK 0
            CZ 1 free=-5 boost=1 flags=1 highatomic=512 blk=ffffffffffffffff free_cma=3
            CF 1 10 4 2 7a216644
            CP 1 0 count=1 high=4 batch=1 free_factor=0 vdiff=-3 vthr=6 h=2c12cd8baa82f34b
            ENDCK
            END PAGE
            EOF
            """);
    assertThat(pages.next()).isEqualTo(PageSection.CHECKPOINT);

    RecordedCheckpoint ck = pages.checkpoint();

    assertThat(ck.zone(0, RecordedCheckpoint.Z_FREE)).isEqualTo(-5);
    assertThat(ck.zone(0, RecordedCheckpoint.Z_BLOCK_HASH)).isEqualTo(-1L);
    assertThat(ck.zone(0, RecordedCheckpoint.Z_FREE_CMA)).isEqualTo(3);
    assertThat(ck.list(0, RecordedCheckpoint.F_ORDER)).isEqualTo(10);
    assertThat(ck.list(0, RecordedCheckpoint.F_MIGRATETYPE)).isEqualTo(5);
    assertThat(ck.list(0, RecordedCheckpoint.F_HASH)).isEqualTo(0x7a216644L);
    assertThat(ck.pcp(0, RecordedCheckpoint.P_VDIFF)).isEqualTo(-3);
    assertThat(ck.pcp(0, RecordedCheckpoint.P_CMA_DIFF)).isEqualTo(RecordedCheckpoint.NOT_RECORDED);
    assertThat(ck.pcp(0, RecordedCheckpoint.P_HASH)).isEqualTo(0x2c12cd8baa82f34bL);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "q 3 4 | 'q' is not an operation of a PAGE section",
        "hello | 'hello' is not a record of a PAGE section",
        "a 3 | the line ends where a blank should be",
        "a 64 cc0 5 | 64 is not a number from 0 to 63",
        "f 11 5 | 11 is not a number from 0 to 10",
        "f 0 16384 | 16384 is not a number from 0 to 16383",
        "f 0 5x | x stands where the end of the line should be",
        "f 0 99999999999999999999 | is not a number from 0 to 16383",
        "a 0 cc0cc0cc0 5 | cc0cc0cc0 is not a mask of at most 31 bits",
        "a 0 xyz 5 | xyz stands where a hexadecimal number should be",
        "a 0 cc0 -5 | 5 stands where the end of the line should be",
        "c 2 | 2 is not a number from 0 to 1",
        "b 1 cc0 2 : 1 2 | 2 is not a number from 0 to 1",
        "b 4 cc0 2 : 1 | 2 pages were announced, 1 are listed",
        "l 2 : 1 2 3 | the list has more entries than the 2 that are possible",
        "l 3 : 16380+2*3 | the run of 3 from 16380 leaves 0..16383",
        "l 3 : 4-2*3 x | x stands where a number",
        "x 0 cc0 5 | 0 is not a size in bytes",
        "STATE mid | is not a record of a STATE",
        "CK x | x stands where a number",
        "END OBJ | 'OBJ' is ended where PAGE should be",
        "END PAGE ops=7 | 7 operations were announced, 0 are there",
        "BEGIN PAGE | 'BEGIN' is not a record of a PAGE section",
      })
  void aBadLineIsNamedWithWhatIsWrong(String line, String message) {
    String records = line + "\nEND PAGE\nEOF\n";

    assertThatThrownBy(() -> pages(records).next())
        .isInstanceOf(BadRecording.class)
        .hasMessageContaining(message)
        .hasMessageStartingWith("t.rec:");
  }

  @Test
  void theLineOfABadRecordIsCounted() {
    assertThatThrownBy(() -> readAll(reader(MACHINE + "BEGIN PAGE\nf 0 5\nf 0 x\n")))
        .isInstanceOfSatisfying(
            BadRecording.class,
            bad -> {
              assertThat(bad.line()).isEqualTo(18);
              assertThat(bad.file()).isEqualTo("t.rec");
              assertThat(bad.what()).startsWith("x ");
            });
  }

  @ParameterizedTest
  @CsvSource({
    "'', is empty",
    "'hello\n', this is no recording",
    "'#kmoracle 2\n', '#kmoracle 2 is not #kmoracle 1'",
    "'#kmoracle 1\nEOF\n', there is no KERNEL",
    "'BEGIN PAGE\n', there is no line #kmoracle 1",
    "'BEGIN XYZ\n', 'XYZ'' is not a kind of section'",
    "'#kmoracle 1\nBEGIN BOOT\nfoo\n', is not a record of a BOOT section",
  })
  void whatIsNoRecordIsSaidToBeNone(String text, String message) {
    assertThatThrownBy(() -> readAll(reader(text)))
        .isInstanceOf(BadRecording.class)
        .hasMessageContaining(message);
  }

  @Test
  void aFileWithoutItsLastLineIsCutShort() {
    assertThatThrownBy(() -> readAll(reader(MACHINE)))
        .isInstanceOf(BadRecording.class)
        .hasMessageContaining("cut short");
    assertThatThrownBy(() -> readAll(reader(MACHINE + "EOF\nmore\n")))
        .isInstanceOf(BadRecording.class)
        .hasMessageContaining("follows the line EOF");
  }

  @Test
  void aLineOfTenMegabytesIsRefusedByItsFirstBytes() {
    String line = "z".repeat(10 << 20);

    assertThatThrownBy(() -> readAll(reader(MACHINE + line + "\nEOF\n")))
        .isInstanceOfSatisfying(
            BadRecording.class, bad -> assertThat(bad.getMessage()).hasSizeLessThan(200));
  }

  @Test
  void plainAndGzipFilesReadTheSame(@TempDir Path dir) throws BadRecording, IOException {
    byte[] text = (BOOT + MACHINE + "BEGIN PAGE\nEND PAGE\nEOF\n").getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
      gzip.write(text);
    }
    Path plain = Files.write(dir.resolve("a"), text);
    Path gzip = Files.write(dir.resolve("b"), zipped.toByteArray());

    try (RecordingReader one = RecordingReader.open(plain);
        RecordingReader two = RecordingReader.open(gzip)) {
      assertThat(readAll(one)).containsExactly("BOOT", "PAGE").isEqualTo(readAll(two));
    }
  }

  @Test
  void aDirectoryAndAMissingFileAreRefusedByName(@TempDir Path dir) {
    assertThatThrownBy(() -> RecordingReader.open(dir))
        .isInstanceOf(BadRecording.class)
        .hasMessage(dir + ": is a directory, a recording is a file");
    assertThatThrownBy(() -> RecordingReader.open(dir.resolve("none")))
        .isInstanceOf(BadRecording.class)
        .hasMessage(dir.resolve("none") + ": there is no such file");
  }
}
