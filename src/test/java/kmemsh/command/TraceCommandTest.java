package kmemsh.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import kmemsh.lang.Values;
import kmemsh.session.Session;
import kmemsh.view.FileTexts;
import kmemsh.view.TraceSwitched;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceCommandTest {
  @TempDir private Path top;

  private final FileLab lab = new FileLab();

  /** A lab with the real files. */
  private static final class FileLab {
    private final Session session = new Session(new TestLab().session.machine());
    private final Lab lab = new Lab(session, new Values(), null, null);
    private final Interpreter interpreter = new Interpreter(lab, new CommandTable(lab));

    Reply one(String line) {
      interpreter.begin(line);
      Reply reply = interpreter.next();
      for (Reply more = reply; more != null; more = interpreter.next()) {
        reply = more;
      }
      return reply;
    }
  }

  private String text(String line) {
    StringBuilder out = new StringBuilder();
    for (FileTexts.File file : ((FileTexts) lab.one(line).record()).files()) {
      out.append(file.text());
    }
    return out.toString();
  }

  private long entries() {
    return text("trace").lines().filter(line -> !line.startsWith("#")).count();
  }

  private String refusal(String line) {
    return lab.one(line).refusal().what();
  }

  @Test
  void timeBeginsWithABootSoThatALoadedSessionHasTheSameTrace() {
    lab.one("trace on mm_page_alloc");
    lab.one("alloc_page");
    lab.one("kmalloc 32");
    String before = text("trace");
    String file = top.resolve("session").toString();
    lab.one("save " + file);
    lab.one("alloc_page");
    lab.one("load " + file);
    assertThat(text("trace")).isEqualTo(before).contains("0.002000: mm_page_alloc");
    lab.one("undo 2");
    lab.one("redo 2");
    assertThat(text("trace")).isEqualTo(before);
    lab.one("alloc_page");
    assertThat(text("trace")).contains("0.004000: mm_page_alloc");
  }

  @Test
  void whatIsMadeWhenItIsFirstUsedIsRecordedFromItsFirstUseOn() {
    lab.one("trace on kmalloc mm_page_alloc");
    lab.one("v = vmalloc 5000");
    assertThat(text("trace"))
        .contains("bytes_req=32 bytes_alloc=32 gfp_flags=GFP_KERNEL|__GFP_ZERO")
        .contains("mm_page_alloc: ", "order=0 migratetype=0 gfp_flags=GFP_KERNEL|__GFP_ZERO");
    lab.one("p = kmalloc 100");
    assertThat(text("trace")).contains("bytes_req=100");
    String before = text("trace");
    lab.one("undo 2");
    lab.one("redo 2");
    assertThat(text("trace")).isEqualTo(before);
    lab.one("rd $p");
    lab.one("kmalloc 200");
    assertThat(text("trace")).startsWith(before.substring(0, 10)).contains("bytes_req=200");
  }

  @Test
  void theBulkAllocatorHasNoEventForItsPagesButASinglePageHas() {
    lab.one("vmalloc 4096");
    lab.one("trace on mm_page_alloc");
    lab.one("alloc_pages_bulk 3");
    lab.one("vmalloc 20000");
    assertThat(entries()).isZero();
    lab.one("vmalloc 4096");
    assertThat(text("trace")).contains("gfp_flags=GFP_KERNEL|__GFP_HIGHMEM|__GFP_NOWARN");
    lab.one("alloc_page");
    assertThat(entries()).isEqualTo(2);
  }

  @Test
  void kfreeOfNothingHasItsEventAndAFailedLargeKmallocTheBytesOfItsOrder() {
    lab.one("kmalloc 8");
    lab.one("trace on kmalloc kfree");
    lab.one("kfree 0");
    lab.one("z = kmalloc 0");
    lab.one("kfree $z");
    lab.one("kmalloc 5M GFP_KERNEL|__GFP_NOWARN");
    String trace = text("trace");
    assertThat(trace).contains("ptr=00000000\n", "ptr=00000010\n");
    assertThat(trace).contains("ptr=00000000 bytes_req=5242880 bytes_alloc=8388608");
    assertThat(entries()).isEqualTo(3);
    assertThat(lab.one("explain 3").record().toString()).contains("NULL: there is nothing");
  }

  @Test
  void kmallocAndKfreeGiveOneEventEachAndNotTheirInnerHalves() {
    lab.one("trace on k*");
    lab.one("p = kmalloc 100");
    lab.one("kfree $p");
    assertThat(text("trace pipe").lines().map(line -> line.replaceAll(".*: (k\\w+):.*", "$1")))
        .containsExactly("kmalloc", "kfree");
    lab.one("c = kmem_cache_create thing 200");
    lab.one("trace clear");
    lab.one("o = kmem_cache_alloc $c");
    lab.one("kmem_cache_free $c $o");
    assertThat(text("trace pipe").lines().map(line -> line.replaceAll(".*: (k\\w+):.*", "$1")))
        .containsExactly("kmem_cache_alloc", "kmem_cache_free");
  }

  @Test
  void undoTakesEntriesOutAndRedoPutsTheSameOnesIn() {
    lab.one("trace on");
    lab.one("alloc_pages 2");
    String before = text("trace");
    lab.one("kmalloc 3000");
    String after = text("trace");
    lab.one("undo");
    assertThat(text("trace")).isEqualTo(before);
    lab.one("redo");
    assertThat(text("trace")).isEqualTo(after);
    lab.one("undo 3");
    assertThat(entries()).isZero();
    assertThat(text("cat /sys/kernel/debug/tracing/events/kmem/enable")).isEqualTo("0\n");
    lab.one("redo 3");
    assertThat(text("trace")).isEqualTo(after);
  }

  @Test
  void timeIsTheNumberOfTheOperationAndAMicrosecondForEachEntry() {
    lab.one("alloc_page");
    lab.one("trace on mm_page_alloc");
    lab.one("repeat 2 alloc_pages 5");
    assertThat(text("trace pipe").lines().map(line -> line.substring(37, 49)))
        .containsExactly("    0.003000", "    0.003001");
  }

  @Test
  void lookingAndExplainingRecordNothing() {
    lab.one("trace on");
    lab.one("kmalloc 100");
    String before = text("trace");
    lab.one("explain");
    lab.one("leaks");
    lab.one("cat /proc/slabinfo");
    assertThat(text("trace")).isEqualTo(before);
  }

  @Test
  void theSwitchesAreFilesToo() {
    String kmem = "/sys/kernel/debug/tracing/events/kmem/";
    lab.one("echo 1 > " + kmem + "kfree/enable");
    assertThat(text("cat " + kmem + "kfree/enable " + kmem + "enable " + kmem + "kmalloc/enable"))
        .isEqualTo("1\nX\n0\n");
    lab.one("echo 1 > " + kmem + "enable");
    assertThat(text("cat " + kmem + "enable")).isEqualTo("1\n");
    lab.one("p = kmalloc 8");
    lab.one("kfree $p");
    assertThat(text("cat /sys/kernel/debug/tracing/trace")).contains(": kfree: ");
    assertThat(text("cat /sys/kernel/debug/tracing/trace_pipe")).contains(": kfree: ");
    assertThat(text("cat /sys/kernel/debug/tracing/trace_pipe")).isEmpty();
    lab.one("kmalloc 8");
    lab.one("echo > /sys/kernel/debug/tracing/trace");
    assertThat(entries()).isZero();
    lab.one("echo 0 > " + kmem + "enable");
    assertThat(text("cat " + kmem + "enable")).isEqualTo("0\n");
    assertThat(refusal("echo 2 > " + kmem + "enable"))
        .isEqualTo("2 is neither 0 nor 1, which is what enable takes");
  }

  @Test
  void aRefusedLineThatReadsThePipeLeavesItFull() {
    lab.one("trace on");
    lab.one("kmalloc 8");
    String before = text("trace");
    refusal("cat /sys/kernel/debug/tracing/trace_pipe /proc/nothing");
    assertThat(text("trace")).isEqualTo(before);
  }

  @Test
  void someEventsCanBeSwitchedOff() {
    lab.one("trace on");
    Reply reply = lab.one("trace off mm_page_* rss_stat");
    assertThat(((TraceSwitched) reply.record()).events())
        .containsExactly("kfree", "kmalloc", "kmem_cache_alloc", "kmem_cache_free");
    assertThat(((TraceSwitched) lab.one("trace off").record()).events()).isEmpty();
  }

  @Test
  void nonsenseIsRefused() {
    assertThat(refusal("trace on kmallok"))
        .isEqualTo("kmallok is no event of kmem: cat /sys/kernel/debug/tracing/available_events");
    assertThat(lab.one("trace on kmallok").refusal().suggestion()).isEqualTo("trace on kmalloc");
    assertThat(refusal("trace kmalloc")).isEqualTo("kmalloc is none of on, off, clear and pipe");
    assertThat(refusal("trace clear now")).isEqualTo("clear takes no further words");
    assertThat(refusal("trace --format xml"))
        .isEqualTo("xml is no format: it is ftrace, perf, trace-cmd");
    assertThat(refusal("trace pipe > '" + top + "/f'")).startsWith("--format and > go with");
    assertThat(refusal("trace > '" + top + "'")).endsWith("trace needs the name of a file");
    assertThat(lab.session.now()).isZero();
  }

  @Test
  void theBufferIsWrittenToAFile() throws IOException {
    lab.one("trace on kmalloc");
    lab.one("kmalloc 8");
    lab.one("trace --format perf > '" + top.resolve("log") + "'");
    assertThat(Files.readString(top.resolve("log"))).contains("kmem:kmalloc: ").hasLineCount(1);
  }

  @Test
  void theOldestEntriesGoWhenTheBufferIsFull() {
    lab.one("trace on kmalloc kfree");
    for (int i = 0; i < 3; i++) {
      lab.one("p = repeat 60000 kmalloc 8");
      lab.one("undo");
      lab.one("p = repeat 60000 kmalloc 8");
    }
    String trace = text("trace");
    String counts = trace.lines().skip(2).findFirst().orElseThrow();
    long kept = trace.lines().filter(line -> !line.startsWith("#")).count();
    assertThat(counts).contains("entries-written: " + kept + "/180000 ");
    assertThat(kept).isBetween(120_000L, 160_000L);
  }

  /** What is shown of a checkpoint's entries must not change when others are put behind them. */
  @ParameterizedTest
  @Tag("property")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void theTraceOfAMomentIsTheSameWheneverItIsVisited(long seed) {
    Random random = new Random(seed);
    lab.one("trace on");
    String[] traces = new String[600];
    for (int i = 0; i < 500; i++) {
      int now = lab.session.now();
      traces[now] = text("trace");
      switch (random.nextInt(12)) {
        case 0 -> {
          int n = 1 + random.nextInt(Math.min(100, now));
          lab.one("undo " + n);
          if (now - n > 0) {
            assertThat(text("trace")).isEqualTo(traces[now - n]);
          }
          if (lab.session.now() == 0) {
            lab.one("trace on");
          }
        }
        case 1 -> {
          if (lab.session.now() < lab.session.size()) {
            lab.one("redo");
            assertThat(text("trace")).isEqualTo(traces[lab.session.now()]);
          }
        }
        case 2 -> lab.one("trace clear");
        case 3 -> lab.one("trace off mm_page_alloc_zone_locked");
        case 4 -> lab.one("trace on");
        case 5 -> lab.one("repeat 20 kmalloc " + (1 + random.nextInt(3000)));
        default -> lab.one("alloc_pages " + random.nextInt(5));
      }
    }
    assertThat(lab.one("verify").ok()).isTrue();
  }
}
