package kmemsh.proc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import kmemsh.machine.BootOptions;
import kmemsh.machine.Machine;
import kmemsh.machine.MachineOptions;
import kmemsh.machine.Profiles;
import kmemsh.machine.Slabs;
import kmemsh.op.AllocObject;
import kmemsh.op.CreateCache;
import kmemsh.op.DestroyCache;
import kmemsh.op.FillMemory;
import kmemsh.op.FreeObject;
import kmemsh.op.Kmalloc;
import kmemsh.op.Op;
import kmemsh.op.ShrinkCache;
import kmemsh.op.WriteMemory;
import kmemsh.op.WriteSlabFile;
import kmemsh.view.Gfp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Injuries under slub_debug: reports as recorded, the bytes put right, the object kept or lost. */
class SlubInjuriesTest {
  private static final Pattern OBJECT =
      Pattern.compile("(?:Object|fp=)\\s?0x([0-9a-f]+)[0-9a-f]{3}\\b");

  private static final Pattern OBJECT_LINE = Pattern.compile("^Object 0x[0-9a-f]+ @offset");

  private Machine machine;
  private int cache;

  private void boot(String arch, int cpus, String debug) {
    machine = new Machine(Profiles.make(options(arch, cpus, debug, false)));
  }

  private static MachineOptions options(String arch, int cpus, String debug, boolean unsafe) {
    return new MachineOptions(arch, "", 64L << 20, cpus, 1, "slub")
        .with(BootOptions.NONE.withSlubDebug(debug).withUnsafe(unsafe));
  }

  private long run(Op op) {
    op.check(machine);
    return op.run(machine);
  }

  private void create(String name) {
    cache = (int) run(new CreateCache(name, 100, 0, 0, false));
  }

  private long alloc() {
    return run(new AllocObject(cache, Gfp.GFP_KERNEL));
  }

  private long free(long object) {
    return run(new FreeObject(cache, object));
  }

  /** How much the kernel says when a cache is validated. */
  private long validate(String name) {
    long before = machine.printk().nrSaid();
    run(new WriteSlabFile(name, "validate", 1));
    return machine.printk().nrSaid() - before;
  }

  private void write(long address, int value) {
    run(new FillMemory(address, 1, value));
  }

  private int read(long address) {
    return (int) machine.read(address, 1);
  }

  /** What the kernel said since it booted. */
  private List<String> said() {
    List<String> lines = DmesgText.lines(machine.bootReport(), machine.printk().entries());
    int boot = DmesgText.lines(machine.bootReport(), List.of()).size();
    return lines.subList(boot, lines.size());
  }

  private static List<String> recorded(String name) {
    try (InputStream in = SlubInjuriesTest.class.getResourceAsStream("/dmesg/slub/" + name)) {
      String text = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
      return List.of(text.stripTrailing().split("\n", -1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The lines without stacks, and without what is another on each machine. */
  private static List<String> comparable(List<String> lines) {
    Matcher object = OBJECT.matcher(String.join("\n", lines));
    String page = object.find() ? object.group(1) : "no page";
    List<String> kept = new ArrayList<>();
    boolean stack = false;
    for (String line : lines) {
      stack &=
          !line.startsWith("FIX ")
              && !line.startsWith("---[ end")
              && !OBJECT_LINE.matcher(line).find();
      if (stack || line.startsWith(" ") || line.startsWith("Disabling")) {
        continue;
      }
      stack = line.startsWith("CPU: ");
      kept.add(
          line.replace(page, "PAGE")
              .replaceAll("Not tainted|Tainted: [A-Z ]{19}", "TAINT")
              .replaceAll("Comm: .*", "Comm:")
              .replaceAll("Slab 0x[0-9a-f]+", "Slab")
              .replaceAll(
                  "(ed in|kmem_cache_free|at kmem_cache_destroy)[^ ]*( [^ ]+ age=\\d+)?", "$1")
              .replaceAll("called from.*", "called from")
              .replaceAll(" kmemsh age=\\d+| ko_write[^ ]* age=\\d+", ""));
    }
    assertThat(kept).hasSizeGreaterThan(5);
    return kept;
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({"i386-slub,i386,1", "x86_64-smp,x86_64,2"})
  void fourInjuriesAreReportedAsRecorded(String kernel, String arch, int cpus) {
    boot(arch, cpus, "FZPU");
    create("ko_overrun");
    long object = alloc();
    run(new FillMemory(object, 104, 0x41));
    assertThat(free(object)).isEqualTo(FreeObject.NOT_FREED);
    List<String> said = said();
    assertThat(comparable(said)).isEqualTo(comparable(recorded(kernel + "-right_overrun.txt")));
    assertThat(read(object + 100)).isEqualTo(0xcc);
    assertThat(free(object)).isZero();

    create("ko_uaf");
    final int before = said().size();
    object = alloc();
    free(object);
    write(object + 20, 0x42);
    assertThat(alloc()).isNotEqualTo(object);
    said = said().subList(before, said().size());
    assertThat(comparable(said)).isEqualTo(comparable(recorded(kernel + "-use_after_free.txt")));
    assertThat(read(object + 20)).isEqualTo(0x6b);
    assertThat(machine.verify().violations()).isEmpty();

    create("ko_dfree");
    final int after = said().size();
    object = alloc();
    free(object);
    assertThat(free(object)).isEqualTo(FreeObject.NOT_FREED);
    said = said().subList(after, said().size());
    assertThat(comparable(said)).isEqualTo(comparable(recorded(kernel + "-double_free.txt")));

    create("ko_wrong_a");
    object = alloc();
    final int last = said().size();
    create("ko_wrong_b");
    assertThat(free(object)).isZero();
    said = said().subList(last, said().size());
    assertThat(comparable(said)).isEqualTo(comparable(recorded(kernel + "-wrong_cache.txt")));
    assertThat(machine.verify().violations()).isEmpty();
  }

  /** The cache stays; the next of the same kind becomes another name of it. */
  @ParameterizedTest(name = "{0}")
  @CsvSource({"i386-slub,i386,1", "x86_64-smp,x86_64,2"})
  void unsafeDestroysACacheWithObjectsAsRecorded(String kernel, String arch, int cpus) {
    machine = new Machine(Profiles.make(options(arch, cpus, "FZPU", true)));
    create("ko_leak");
    long object = alloc();
    assertThat(run(new DestroyCache(cache, "ko_leak"))).isNegative();
    assertThat(comparable(said()))
        .isEqualTo(comparable(recorded(kernel + "-destroy_with_objects.txt")));
    assertThat(machine.slab().find("ko_leak")).isEqualTo(cache);
    assertThat(free(object)).isZero();
    assertThat(machine.verify().violations()).isEmpty();
  }

  private String lastBug() {
    String bug = "";
    for (String line : said()) {
      bug = line.startsWith("BUG ") ? line.replaceAll("\\(.*?\\)", "") : bug;
    }
    return bug;
  }

  @Test
  void aFreePointerThatLeadsNowhereLosesTheSlab() {
    boot("x86_64", 1, "FZP");
    create("c");
    long object = alloc();
    free(object);
    run(new WriteMemory(object + 104, new byte[] {1, 2, 3, 4, 5, 6, 7, 8}));
    assertThat(alloc()).isNotEqualTo(object);
    assertThat(lastBug()).isEqualTo("BUG c : Freepointer corrupt");
    assertThat(said()).contains("FIX c: Marking all objects used");
    assertThat(machine.verify().violations()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "0, Poison", // the first byte after the free
    "50, Poison", // the middle
    "99, End Poison",
    "100, Right Redzone", // the red zone of a freed object
    "-1, Left Redzone",
  })
  void aWriteAfterTheFreeIsFoundWhenTheObjectIsTaken(int where, String what) {
    boot("i386", 1, "FZP");
    create("c");
    long object = alloc();
    free(object);
    final int before = read(object + where);
    write(object + where, 0x12);
    alloc();
    assertThat(lastBug()).isEqualTo("BUG c : " + what + " overwritten");
    assertThat(read(object + where)).isEqualTo(before);
  }

  @Test
  void theRedZoneOfAKmallocObjectIsFoundByValidating() {
    boot("x86_64", 1, "FZP");
    long object = run(new Kmalloc(64, Gfp.GFP_KERNEL));
    assertThat(validate("kmalloc-64")).isZero();
    write(object + 64, 7);
    assertThat(validate("kmalloc-64")).isEqualTo(2);
    assertThat(lastBug()).isEqualTo("BUG kmalloc-64 : Right Redzone overwritten");
    assertThat(validate("kmalloc-64")).isZero();
    assertThat(run(new FreeObject(Slabs.NO_CACHE, object))).isZero();
  }

  /** Without F nothing looks; zones and poison are written all the same. */
  @Test
  void withoutChecksOnlyValidatingFindsIt() {
    boot("i386", 1, "ZP");
    create("c");
    long object = alloc();
    write(object + 100, 1);
    assertThat(free(object)).isZero();
    assertThat(said()).isEmpty();
    assertThat(read(object + 100)).isEqualTo(0xbb);
    write(object + 3, 1);
    validate("c");
    assertThat(lastBug()).isEqualTo("BUG c : Poison overwritten");
  }

  @Test
  void aSlabIsLookedThroughBeforeItGoes() {
    boot("i386", 1, "FZP");
    create("c");
    long object = alloc();
    free(object);
    write(object + 3, 1);
    write((object & -4096L) + 4095, 0); // behind the last object
    run(new ShrinkCache(cache));
    List<String> said = said();
    assertThat(said.toString()).contains("Padding overwritten. 0x").contains("Poison overwritten");
    assertThat(machine.slab().number(cache, "slabs")).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {4, -8, 150})
  void aPointerThatIsNoObjectIsReported(int offset) {
    boot("i386", 1, "FZPU");
    create("c");
    long object = alloc();
    alloc();
    assertThat(free(object + offset)).isEqualTo(FreeObject.NOT_FREED);
    assertThat(lastBug()).startsWith("BUG c : Invalid object pointer 0x");
    assertThat(free(object)).isZero();
  }

  @Test
  void everyCallOnATracedCacheIsLogged() {
    boot("i386", 1, "T,c");
    create("c");
    free(alloc());
    assertThat(said().get(0)).startsWith("TRACE c alloc 0xc").contains(" inuse=1 fp=0xc");
    assertThat(said().get(2)).startsWith("TRACE c free 0xc");
  }
}
