package kmemsh.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import kmemsh.capture.BootSection;
import kmemsh.capture.ObjSection;
import kmemsh.capture.RecordedMachine;
import kmemsh.capture.RecordingReader;
import kmemsh.capture.SectionHead;
import kmemsh.machine.Slabs;
import kmemsh.mm.slab.SlabQueries;
import kmemsh.proc.ProcFiles;
import kmemsh.proc.SlabDirectory;
import kmemsh.view.ProcSnapshots;
import kmemsh.view.SlabState;
import kmemsh.view.SlabState.SlubSlab;
import kmemsh.view.SlubFiles;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The rows of /proc/slabinfo that a recorded state of caches and slabs must give, counted here from
 * the record alone, are those the model prints once it has taken the state over.
 */
class RecordedSlabinfoTest {
  private static final Path RECORDINGS = Path.of("src/test/resources/recordings");

  private List<SlabState.Cache> caches;
  private SlabState state;

  /** Reads up to the first state of the slabs, which the model takes over. */
  private Slabs load(String file) throws Exception {
    Path path = RECORDINGS.resolve(file);
    try (RecordingReader reader = RecordingReader.open(path)) {
      BootSection boot = null;
      SectionHead head = reader.nextSection();
      while (!head.kind().equals("OBJ")) {
        if (head.kind().equals("BOOT")) {
          boot = reader.readBoot();
        } else {
          reader.skipSection();
        }
        head = reader.nextSection();
      }
      RecordedMachine recorded = reader.machine();
      Slabs slabs = new ModelMachines(file).forRecording(recorded, boot).slabs(recorded);
      ObjSection section = reader.readObj();
      state = null;
      while (state == null) {
        int what = section.next();
        if (what == ObjSection.CACHES) {
          caches = section.caches();
          slabs.loadCaches(caches, section.kmalloc());
        } else if (what == ObjSection.SLABSTATE) {
          state = section.slabState().state();
          slabs.loadState(state, false);
        }
      }
      return slabs;
    }
  }

  private static List<String> rows(Slabs slabs) {
    SlabQueries queries = new SlabQueries(slabs.common().allocator(), 0);
    ProcSnapshots snapshots =
        (ProcSnapshots)
            Proxy.newProxyInstance(
                ProcSnapshots.class.getClassLoader(),
                new Class<?>[] {ProcSnapshots.class},
                (proxy, method, arguments) -> {
                  queries.caches((ProcSnapshots.CacheSink) arguments[0]);
                  return null;
                });
    String text = ProcFiles.find("/proc/slabinfo").text(snapshots);
    return text.lines().skip(2).sorted().toList();
  }

  private long sum(int cache, int counter) {
    long sum = 0;
    for (SlabState.Node node : state.nodes()) {
      sum += node.cache() == cache ? node.counters()[counter] : 0;
    }
    return sum;
  }

  private static String row(
      SlabState.Cache cache,
      long active,
      long objects,
      String objs,
      String tunables,
      long[] slabs) {
    return String.format(
        Locale.ROOT,
        "%-17s %6d %6d %6d %4d %4d : tunables %s : slabdata %6d %6d %6d",
        cache.name(),
        active,
        objects,
        cache.number("size", 0),
        cache.number(objs, 0),
        1L << cache.number("order", 0),
        tunables,
        slabs[0],
        slabs[1],
        slabs[2]);
  }

  private String slubRow(SlabState.Cache cache) {
    long objects = sum(cache.id(), 2);
    long active = objects;
    for (SlubSlab slab : state.slubs()) {
      if (slab.cache() == cache.id() && slab.list() == SlubSlab.PARTIAL) {
        active -= slab.objects() - slab.inuse();
      }
    }
    long slabs = sum(cache.id(), 1);
    return row(cache, active, objects, "objs", "   0    0    0", new long[] {slabs, slabs, 0});
  }

  /** What the files of /sys/kernel/slab count, over all nodes. Spec: slab-allocators.md 3.16 */
  private List<String> counters(SlabState.Cache cache) {
    long inuse = 0;
    long free = 0;
    long cpuSlabs = 0;
    Map<Integer, Integer> chains = new TreeMap<>();
    for (SlubSlab slab : state.slubs()) {
      if (slab.cache() != cache.id()) {
        continue;
      }
      inuse += slab.list() == SlubSlab.PARTIAL ? slab.inuse() : 0;
      free += slab.list() == SlubSlab.PARTIAL ? slab.objects() - slab.inuse() : 0;
      cpuSlabs += slab.list() == SlubSlab.CPU_SLAB ? 1 : 0;
      if (slab.list() == SlubSlab.CPU_PARTIAL) {
        chains.merge(slab.owner(), 1, Integer::sum);
      }
    }
    for (SlubSlab slab : state.slubs()) {
      boolean cpuSlab = slab.cache() == cache.id() && slab.list() == SlubSlab.CPU_SLAB;
      cpuSlabs += cpuSlab ? chains.getOrDefault(slab.owner(), 0) : 0;
    }
    long total = sum(cache.id(), 2);
    return List.of(
        cache.name() + " slabs " + sum(cache.id(), 1),
        cache.name() + " total_objects " + total,
        cache.name() + " objects " + (total - free),
        cache.name() + " objects_partial " + inuse,
        cache.name() + " partial " + sum(cache.id(), 0),
        cache.name() + " cpu_slabs " + cpuSlabs,
        cache.name() + " slabs_cpu_partial " + chains(cache, chains));
  }

  private static String chains(SlabState.Cache cache, Map<Integer, Integer> chains) {
    long objs = cache.number("objs", 0);
    int all = chains.values().stream().mapToInt(Integer::intValue).sum();
    StringBuilder text = new StringBuilder(all * objs / 2 + "(" + all + ")");
    chains.forEach(
        (cpu, nr) ->
            text.append(" C").append(cpu).append('=').append(nr * objs / 2 + "(" + nr + ")"));
    return text.toString();
  }

  /** Without the factor of the shared arrays, which the state does not tell. */
  private String slabRow(SlabState.Cache cache) {
    long slabs = sum(cache.id(), 0);
    long objects = slabs * cache.number("num", 0);
    String tunables = "";
    long shared = 0;
    for (SlabState.ArrayCache array : state.arrays()) {
      if (array.cache() == cache.id() && array.kind() == SlabState.ArrayCache.CPU) {
        tunables = String.format(Locale.ROOT, "%4d %4d    *", array.limit(), array.batch());
      } else if (array.cache() == cache.id() && array.kind() == SlabState.ArrayCache.SHARED) {
        shared += array.avail();
      }
    }
    long[] counts = {slabs - sum(cache.id(), 1), slabs, shared};
    return row(cache, objects - sum(cache.id(), 2), objects, "num", tunables, counts);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "i386-slub-obj-part.rec.gz",
        "x86_64-smp-obj-part.rec.gz",
        "x86_64-numa-obj-part.rec.gz",
        "x86_64-slub-objdebug-part.rec.gz"
      })
  void aRecordedStateOfSlubGivesItsRowsByteForByte(String file) throws Exception {
    List<String> rows = rows(load(file));
    assertThat(rows).isEqualTo(caches.stream().map(this::slubRow).sorted().toList());
    assertThat(state.slubs()).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "i386-slub-obj-part.rec.gz",
        "x86_64-smp-obj-part.rec.gz",
        "x86_64-numa-obj-part.rec.gz",
        "x86_64-slub-objdebug-part.rec.gz"
      })
  void aRecordedStateOfSlubGivesTheCountersOfItsFiles(String file) throws Exception {
    Slabs slabs = load(file);
    List<String> shown = new ArrayList<>();
    for (SlubFiles files : new SlabQueries(slabs.common().allocator(), 0).files()) {
      for (String line : counters(named(files.cache().name()))) {
        String name = line.split(" ", 3)[1];
        String text = SlabDirectory.text(files, name).strip().replaceFirst(" N\\d=.*", "");
        shown.add(files.cache().name() + " " + name + " " + text);
      }
    }
    Collections.sort(shown);
    assertThat(shown)
        .isEqualTo(caches.stream().flatMap(c -> counters(c).stream()).sorted().toList());
    assertThat(shown).anyMatch(line -> line.contains(" objects ") && !line.endsWith(" 0"));
  }

  private SlabState.Cache named(String name) {
    return caches.stream().filter(cache -> cache.name().equals(name)).findFirst().orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "i386-slab-obj-part.rec.gz",
        "i386-slab-smp-objreap-part.rec.gz",
        "x86_64-slab-numa-obj-part.rec.gz"
      })
  void aRecordedStateOfSlabGivesItsRowsButForTheSharedFactor(String file) throws Exception {
    List<String> rows = rows(load(file));
    assertThat(rows)
        .extracting(row -> row.replaceFirst("(tunables .{4} .{4}) .{4}", "$1    *"))
        .isEqualTo(caches.stream().map(this::slabRow).sorted().toList());
    assertThat(state.slabs()).isNotEmpty();
  }
}
