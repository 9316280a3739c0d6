package kmemsh.proc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import kmemsh.machine.Machine;
import kmemsh.machine.MachineOptions;
import kmemsh.machine.Profiles;
import kmemsh.op.Refused;
import kmemsh.op.TuneCache;
import kmemsh.session.Session;
import kmemsh.view.CacheInfo;
import kmemsh.view.CacheTable;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SlabinfoFileTest {
  private static Machine booted(String machine, String slab) {
    return new Machine(Profiles.make(new MachineOptions(machine, "", 0, 0, 0, slab)));
  }

  /** The numbers of a recorded file, in whatever columns they stand. */
  private static CacheTable table(String text) {
    List<CacheInfo> caches = new ArrayList<>();
    for (String line : text.lines().skip(2).toList()) {
      String[] w = line.replaceAll(":|tunables|slabdata", " ").trim().split("\\s+", -1);
      int[] n = new int[w.length];
      for (int i = 1; i < w.length; i++) {
        n[i] = Integer.parseInt(w[i]);
      }
      int order = Integer.numberOfTrailingZeros(n[5]);
      caches.add(
          new CacheInfo(
              w[0], null, 0, n[3], 0, 0, 0, false, order, n[4], n[1], n[2], 0, 0, n[9], n[10], 0,
              n[6], n[7], n[8], n[11]));
    }
    return new CacheTable(CacheTable.SLABINFO, "slab", caches, 0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"i386-slab", "i386-slab-smp", "x86_64-smp", "x86_64-numa"})
  void theNumbersOfARealKernelGiveItsBytes(String kernel) {
    String text = RecordedText.read(kernel, "slabinfo");
    assertThat(SlabinfoFile.text(table(text))).isEqualTo(text);
  }

  @Test
  void aBootedMachineShowsItsCachesAndSlobHasNoSuchFile() {
    Machine slab = booted("i386", "slab");
    assertThat(ProcFiles.find("/proc/slabinfo", slab.files()).text(slab.files()))
        .startsWith("slabinfo - version: 2.1\n# name            <active_objs>")
        .contains("\nkmalloc-96             0      0    128   32    1 : tunables  120   60    0");
    assertThat(ProcFiles.find("/proc/slabinfo", booted("i386", "slob").files())).isNull();
  }

  @Test
  void writingTunesACacheAndCanBeUndone() {
    Session session = new Session(booted("i386", "slab"));
    session.run(TuneCache.parse("kmalloc-96 16 8 0\n"));
    assertThat(SlabinfoFile.text(session.machine().files().caches()))
        .contains("\nkmalloc-96             0      0    128   32    1 : tunables   16    8    0");
    session.undo(1);
    assertThat(SlabinfoFile.text(session.machine().files().caches()))
        .contains("\nkmalloc-96             0      0    128   32    1 : tunables  120   60    0");
  }

  @Test
  void whatCannotBeWrittenIsRefused() {
    Session session = new Session(booted("i386", "slab"));
    Assertions.assertThatThrownBy(() -> TuneCache.parse("kmalloc-96 16 8"))
        .isInstanceOf(Refused.class);
    Assertions.assertThatThrownBy(() -> session.run(new TuneCache("nothing", 16, 8, 0)))
        .isInstanceOf(Refused.class)
        .hasMessageContaining("nothing is no cache");
    assertThat(session.now()).isZero();
  }

  @Test
  void sysfsHasADirectoryForEachCacheOfSlub() {
    Machine machine = booted("x86_64", "slub");
    machine.slab().createCache("mine", 100, 0, 0, false);
    assertThat(ProcFiles.list("/sys/kernel/slab", machine.files()))
        .contains("kmalloc-64/", "mine/", ":0000104/");
    assertThat(text(machine, "/sys/kernel/slab/mine/slab_size")).isEqualTo("104\n");
    assertThat(text(machine, "/sys/kernel/slab/kmalloc-64/usersize")).isEqualTo("64\n");
    assertThat(text(machine, "/sys/kernel/slab/kmalloc-64/objs_per_slab")).isEqualTo("64\n");
    assertThat(ProcFiles.find("/sys/kernel/slab/mine/nothing", machine.files())).isNull();
    assertThat(ProcFiles.list("/sys/kernel/slab", booted("i386", "slab").files())).isEmpty();
  }

  private static String text(Machine machine, String path) {
    return ProcFiles.find(path, machine.files()).text(machine.files());
  }

  @ParameterizedTest
  @ValueSource(strings = {"slab", "slub"})
  void theFileIsWrittenRowByRow(String slab) throws IOException {
    Machine machine = booted("i386", slab);
    List<String> rows = new ArrayList<>();
    new SlabinfoFile()
        .copy(
            machine.files(),
            new ByteArrayOutputStream() {
              @Override
              public void write(byte[] row) {
                rows.add(new String(row, StandardCharsets.US_ASCII));
              }
            });
    assertThat(rows).hasSize(1 + machine.files().caches().caches().size());
    assertThat(String.join("", rows)).isEqualTo(SlabinfoFile.text(machine.files().caches()));
    assertThat(new SlabinfoFile().text(machine.files())).isEqualTo(String.join("", rows));
  }
}
