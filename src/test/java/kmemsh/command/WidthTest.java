package kmemsh.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import kmemsh.learn.Cards;
import kmemsh.learn.Drill;
import kmemsh.learn.Families;
import kmemsh.learn.Family;
import kmemsh.learn.MythBook;
import kmemsh.learn.Recorder;
import kmemsh.text.Text;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * No answer is wider than the screen, but for the texts of the kernel itself, such as /proc files
 * and its log, whose lines are as long as they are.
 */
class WidthTest {
  private static final String[] CALLS = {
    "a = alloc_pages 3",
    "explain",
    "alloc_pages 10 GFP_KERNEL|__GFP_NORETRY|__GFP_NOWARN|__GFP_ZERO",
    "explain",
    "b = repeat 300 alloc_page",
    "explain -v",
    "for x in $b: free_page $x",
    "explain",
    "kmem_cache_create a_cache_with_a_rather_long_name 200",
    "o = repeat 60 kmem_cache_alloc a_cache_with_a_rather_long_name",
    "explain",
    "kmalloc 100",
    "kmalloc 3000 GFP_DMA",
    "kmalloc 5M",
    "v = vmalloc 200000",
    "explain",
    "explain -v",
    "m = vmap $b[290] $b[291]",
    "h = alloc_page GFP_HIGHUSER_MOVABLE",
    "mark here",
    "play alloc_pages 5 GFP_DMA",
    "play kmalloc 3000",
    "play vmalloc 20000",
    "play --plain kmalloc 2000",
    "alloc_pages_exact 20K",
    "alloc_pages_bulk 20",
    "free_pages $a 3",
    "free_pages $a 3",
    "page_address $h",
    "virt_to_page $v",
    "kfree 0xc0000001",
    "nonsense",
    "alloc_pages",
    "reboot nonsense",
    "context atomic",
    "kmalloc 100",
    "dmesg | head",
    "context",
    "context process",
    "rd $v 8",
    "wr $v 1",
    "leaks",
    "history",
    "marks",
    "undo",
    "redo",
    "verify",
    "slabgeom 700",
    "reap",
    "drain_pages",
    "vfree $v",
    "explain",
    "v = vmalloc 20000",
    "layout",
    "vtop $v",
    "ptov 0x1408000",
    "pgd",
    "vmallocinfo",
    "vmalloc_to_page $v",
    "dma $b[7] 64K",
    "pkmap",
    "pkmap --all",
    "fixmap",
    "buddyinfo",
    "freelist DMA",
    "freelist DMA --all",
    "pcp",
    "pcp --all",
    "zoneinfo",
    "meminfo",
    "page 0x1403",
    "memmap",
    "buddy 0x1408",
    "whatis $v",
    "whatis 0x1403",
    "frag",
    "slabinfo",
    "cache a_cache_with_a_rather_long_name",
    "slab a_cache_with_a_rather_long_name",
    "slabtop",
    "kmem -s",
    "kmem -S kmalloc-64",
    "kmem -v",
    "kmalloc_caches",
    "cache_chain",
    "gfp GFP_HIGHUSER_MOVABLE|__GFP_NOWARN",
    "machine",
    "tree /proc/sys/vm",
    "ls /proc",
    "diff here",
    "dash",
    "plot free slabs frag",
    "help",
    "help pages",
    "apropos page",
    "myths",
    "tour list",
    "drill stats",
  };

  private final Set<String> wide = new TreeSet<>();

  private void check(String what, String shown, int columns) {
    for (String line : shown.split("\n", -1)) {
      // What is suggested stays in one piece, to be taken over.
      if (line.length() > columns && !line.startsWith("  Did you mean: ")) {
        wide.add(what + ": " + line);
      }
    }
  }

  private static String shown(Reply reply, int columns) {
    Text out = new Text();
    ReplyText.write(reply, out, columns);
    return out.plain();
  }

  @ParameterizedTest(name = "{0}, {1} columns")
  @CsvSource({
    "--machine i386, 40",
    "--machine i386, 80",
    "--machine i386, 200",
    "--machine x86_64 --mem 4G --slab slub --cpus 2 --nodes 2, 40",
    "--machine x86_64 --mem 4G --slab slub --cpus 2 --nodes 2, 80",
    "--machine x86_64 --mem 4G --slab slub --cpus 2 --nodes 2, 200",
    "--machine x86_64 --mem 64M --slab slob, 80"
  })
  void answersFit(String options, int columns) {
    PracticeBench bench = new PracticeBench();
    bench.boot(options);
    Interpreter interpreter = bench.interpreter();
    interpreter.columns(columns);
    for (String line : CALLS) {
      interpreter.begin(line);
      for (Reply reply = interpreter.next(); reply != null; reply = interpreter.next()) {
        check(line, shown(reply, columns), columns);
      }
    }
    assertThat(wide).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {40, 80})
  void questionsAndWhatExplainsThemFit(int columns) {
    PracticeBench bench = new PracticeBench(false, () -> columns);
    for (Family family : Families.all()) {
      for (int seed = 0; seed < 3; seed++) {
        check(bench, family, 1 + seed % 3, seed, "hint\nhint\nhint\n3 1 4\nDMA\nquit", columns);
      }
    }
    for (Family card : Cards.all()) {
      check(bench, card, 1, 0, "\ny", columns);
    }
    for (int n = 1; n <= MythBook.size(); n++) {
      check("myths " + n, shown(Reply.of(MythBook.show(bench, n)), columns), columns);
    }
    assertThat(wide).isEmpty();
  }

  private void check(
      PracticeBench bench, Family family, int level, int seed, String lines, int columns) {
    Drill.Item item = new Drill.Item(family, level, seed);
    Drill.Options options = new Drill.Options("", seed, false, false, false, 0);
    Drill drill = new Drill(bench, List.of(item), options, Recorder.NONE, Clock.systemUTC());
    for (Object record : drill.begin()) {
      check(family.name(), shown(Reply.of(record), columns), columns);
    }
    for (String line : lines.split("\n", -1)) {
      for (Object record : drill.line(line)) {
        check(family.name(), shown(Reply.of(record), columns), columns);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {40, 80})
  void everyStepOfTheTourFits(int columns) {
    Lab lab = new TestLab().lab;
    Interpreter interpreter = new Interpreter(lab, new CommandTable(lab));
    interpreter.columns(columns);
    for (int chapter = 1; chapter <= kmemsh.learn.Tour.nrChapters(); chapter++) {
      interpreter.begin("tour " + chapter);
      for (int i = 0; i < 40; i++) {
        for (Reply reply = interpreter.next(); reply != null; reply = interpreter.next()) {
          check("tour " + chapter, shown(reply, columns), columns);
        }
        interpreter.begin(i % 3 == 0 ? "hint" : i % 3 == 1 ? "solution" : "skip");
      }
      interpreter.endDialogue();
      while (interpreter.next() != null) {
        // The farewell.
      }
    }
    assertThat(wide).isEmpty();
  }

  /** Pages of help as they stand in a script; on narrower screens only their words are filled. */
  @ParameterizedTest
  @ValueSource(ints = {80, 200})
  void pagesOfHelpFit(int columns) {
    TestLab lab = new TestLab();
    for (String name : CommandGroups.names()) {
      check("help " + name, shown(lab.one("help " + name), columns), columns);
    }
    assertThat(wide).isEmpty();
  }

  @Test
  void theZonesOfSeveralNodesStayATableBesideAnEmptyColumn() {
    PracticeBench bench = new PracticeBench();
    bench.boot("--machine x86_64 --mem 2G --nodes 2 --cpus 2");
    bench.interpreter().begin("dash");
    String dash = shown(bench.interpreter().next(), 79);

    assertThat(dash).contains("node 0 DMA32 25").contains("2^9 2^10\n");
  }
}
