package kmemsh.proc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import kmemsh.machine.Machine;
import kmemsh.machine.MachineOptions;
import kmemsh.machine.Profiles;
import kmemsh.mm.slab.CacheSpec;
import kmemsh.op.Refused;
import kmemsh.op.WriteSlabFile;
import kmemsh.session.Session;
import kmemsh.view.Gfp;
import kmemsh.view.SlabFlags;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The files of /sys/kernel/slab beside copies from real kernels, and what writing them does. */
class SlabSysfsTest {
  /** What was in use when the copies were made is not the model's to know. */
  private static final Set<String> COUNTERS =
      Set.of(
          "cpu_slabs",
          "objects",
          "objects_partial",
          "partial",
          "slabs",
          "slabs_cpu_partial",
          "total_objects");

  private static Machine booted(String machine, int cpus, int nodes) {
    return new Machine(Profiles.make(new MachineOptions(machine, "", 0, cpus, nodes, "slub")));
  }

  private static String text(Machine machine, String path) {
    return ProcFiles.find("/sys/kernel/slab/" + path, machine.files()).text(machine.files());
  }

  /** Lines of a kernel: cache and file, then the text without its newline. */
  private static Map<String, String> recorded(String kernel) throws IOException {
    Map<String, String> files = new HashMap<>();
    try (InputStream in = SlabSysfsTest.class.getResourceAsStream("/proc/sys_kernel_slab.txt")) {
      String all = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
      for (String line : all.split("\n", -1)) {
        String[] words = line.split(" ", 4);
        if (words[0].equals(kernel)) {
          files.put(words[1] + "/" + words[2], words[3]);
        }
      }
    }
    return files;
  }

  private static void createDentry(Machine machine, Map<String, String> files) {
    int size = Integer.parseInt(files.get("dentry/object_size"));
    int usersize = Integer.parseInt(files.get("dentry/usersize"));
    int flags = SlabFlags.SLAB_RECLAIM_ACCOUNT | SlabFlags.SLAB_PANIC;
    machine
        .slab()
        .common()
        .createCache(new CacheSpec("dentry", size, 8, flags, false, size - usersize, usersize));
  }

  @ParameterizedTest
  @CsvSource({
    "x86_64-slub, x86_64, 1, 1",
    "x86_64-smp, x86_64, 3, 1",
    "x86_64-numa, x86_64, 4, 2",
    "i386-slub, i386, 1, 1"
  })
  void theFilesOfARealKernelHaveTheseBytes(String kernel, String machine, int cpus, int nodes)
      throws IOException {
    Map<String, String> files = recorded(kernel);
    Machine model = booted(machine, cpus, nodes);
    createDentry(model, files);
    Map<String, String> expected = new HashMap<>();
    Map<String, String> shown = new HashMap<>();
    for (Map.Entry<String, String> file : files.entrySet()) {
      String path = file.getKey();
      if (!COUNTERS.contains(path.substring(path.indexOf('/') + 1))) {
        expected.put(path, file.getValue() + "\n");
        shown.put(path, text(model, path));
      }
    }
    assertThat(shown).isEqualTo(expected).hasSizeGreaterThan(50);
  }

  @Test
  void aWrittenNumberIsTakenAndUndone() {
    Session session = new Session(booted("x86_64", 2, 1));
    session.run(WriteSlabFile.parse("kmalloc-64", "min_partial", "7\n"));
    session.run(WriteSlabFile.parse("kmalloc-64", "cpu_partial", "130"));
    assertThat(text(session.machine(), "kmalloc-64/min_partial")).isEqualTo("7\n");
    assertThat(text(session.machine(), "kmalloc-64/cpu_partial")).isEqualTo("130\n");
    session.undo(2);
    assertThat(text(session.machine(), "kmalloc-64/min_partial")).isEqualTo("5\n");
    assertThat(text(session.machine(), "kmalloc-64/cpu_partial")).isEqualTo("120\n");
  }

  @Test
  void cpuPartialFlushesAndShrinkGivesEmptySlabsBack() {
    Session session = new Session(booted("x86_64", 2, 1));
    Machine machine = session.machine();
    long object = machine.slab().kmalloc(2000, Gfp.GFP_KERNEL);
    assertThat(text(machine, "kmalloc-2k/cpu_slabs")).isEqualTo("1\n");
    new WriteSlabFile("kmalloc-2k", "cpu_partial", 6).run(machine);
    assertThat(text(machine, "kmalloc-2k/cpu_slabs")).isEqualTo("0\n");
    assertThat(text(machine, "kmalloc-2k/partial")).isEqualTo("1\n");
    machine.slab().kfree(object);
    new WriteSlabFile("kmalloc-2k", "shrink", 1).run(machine);
    assertThat(text(machine, "kmalloc-2k/slabs")).isEqualTo("0\n");
    assertThat(machine.slab().verify()).isEmpty();
  }

  @Test
  void theRatioOfANumaMachineEndsAtOneHundred() {
    Session session = new Session(booted("x86_64", 4, 2));
    session.run(WriteSlabFile.parse("kmalloc-64", "remote_node_defrag_ratio", "30"));
    assertThat(text(session.machine(), "kmalloc-64/remote_node_defrag_ratio")).isEqualTo("30\n");
    assertThatThrownBy(
            () -> session.run(WriteSlabFile.parse("kmalloc-64", "remote_node_defrag_ratio", "101")))
        .isInstanceOf(Refused.class)
        .hasMessageContaining("more than 100");
    assertThat(session.now()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "shrink, 2",
    "validate, 1",
    "validate, 3",
    "cpu_partial, 5",
    "min_partial, -1",
    "min_partial, x"
  })
  void whatAKernelDoesNotTakeIsRefused(String file, String value) {
    Session session = new Session(booted("x86_64", 1, 1));
    assertThatThrownBy(() -> session.run(WriteSlabFile.parse("kmalloc-64", file, value)))
        .isInstanceOf(Refused.class);
    assertThat(session.now()).isZero();
  }

  @Test
  void onlyFiveFilesCanBeWritten() {
    Machine machine = booted("x86_64", 4, 2);
    assertThat(
            ProcFiles.list("/sys/kernel/slab/kmalloc-64", machine.files()).stream()
                .filter(
                    name ->
                        ProcFiles.find("/sys/kernel/slab/kmalloc-64/" + name, machine.files())
                            .writable()))
        .containsExactly(
            "cpu_partial", "min_partial", "remote_node_defrag_ratio", "shrink", "validate");
  }
}
