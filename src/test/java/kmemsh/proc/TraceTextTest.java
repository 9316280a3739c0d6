package kmemsh.proc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import kmemsh.view.KmemEvents;
import kmemsh.view.TraceLog;
import org.junit.jupiter.api.Test;

/** Lines of real kernels and tools, from proc-and-user.md 7.3 and 8. */
class TraceTextTest {
  private static TraceLog log(boolean i386, TraceLog.Event... events) {
    long offset = i386 ? 0xc0000000L : 0xffff888000000000L;
    long memMap = i386 ? 0xf68e6000L : 0xffffea0000000000L;
    return new TraceLog(
        0, 2, 7, List.of(events), i386, offset, memMap, i386 ? 32 : 64, i386 ? 10 : 9);
  }

  private static TraceLog.Event event(int event, long micros, long... numbers) {
    return new TraceLog.Event(event, 0, 0, micros, numbers, "names_cache");
  }

  private static String line(boolean i386, int event, long... numbers) {
    String line = TraceText.pipe(log(i386, event(event, 2_064_488, numbers)));
    assertThat(line)
        .startsWith("          kmemsh-1       [000] .....     2.064488: ")
        .endsWith("\n");
    return line.substring(line.indexOf(": ") + 2, line.length() - 1);
  }

  @Test
  void linesAreThoseOfARecordedKernel() {
    assertThat(line(true, KmemEvents.MM_PAGE_ALLOC, 0x1912, 1, 0, 0x400dc0))
        .isEqualTo(
            "mm_page_alloc: page=f6918240 pfn=0x1912 order=1 migratetype=0"
                + " gfp_flags=GFP_KERNEL_ACCOUNT|__GFP_ZERO");
    assertThat(line(true, KmemEvents.MM_PAGE_FREE, 0x2239, 0))
        .isEqualTo("mm_page_free: page=f692a720 pfn=0x2239 order=0");
    assertThat(line(true, KmemEvents.MM_PAGE_FREE_BATCHED, 0x2238))
        .isEqualTo("mm_page_free_batched: page=f692a700 pfn=0x2238 order=0");
    assertThat(line(true, KmemEvents.KMEM_CACHE_FREE, 0x1979000, 3))
        .endsWith(" ptr=c1979000 name=names_cache");
    assertThat(line(true, KmemEvents.KMEM_CACHE_ALLOC, 0x1979000, 4096, 4096, 0xcc0, -1))
        .startsWith("kmem_cache_alloc: call_site=")
        .endsWith(
            " ptr=c1979000 bytes_req=4096 bytes_alloc=4096 gfp_flags=GFP_KERNEL node=-1"
                + " accounted=false");
    assertThat(line(true, KmemEvents.KFREE, 0)).endsWith(" ptr=00000000");
  }

  @Test
  void linesOfPagesHaveTheFieldsOfTheirEvents() {
    assertThat(line(false, KmemEvents.MM_PAGE_ALLOC, -1, 11, 1, 0))
        .isEqualTo(
            "mm_page_alloc: page=0000000000000000 pfn=0x0 order=11 migratetype=1 gfp_flags=none");
    assertThat(line(false, KmemEvents.MM_PAGE_ALLOC_ZONE_LOCKED, 0x1234, 0, 2, 1))
        .isEqualTo(
            "mm_page_alloc_zone_locked: page=ffffea0000048d00 pfn=0x1234 order=0 migratetype=2"
                + " percpu_refill=1");
    assertThat(line(false, KmemEvents.MM_PAGE_PCPU_DRAIN, 1, 3, 0))
        .isEqualTo("mm_page_pcpu_drain: page=ffffea0000000040 pfn=0x1 order=3 migratetype=0");
    assertThat(line(false, KmemEvents.MM_PAGE_ALLOC_EXTFRAG, 1, 0, 8, 0, 1, 0))
        .isEqualTo(
            "mm_page_alloc_extfrag: page=ffffea0000000040 pfn=0x1 alloc_order=0 fallback_order=8"
                + " pageblock_order=9 alloc_migratetype=0 fallback_migratetype=1 fragmenting=1"
                + " change_ownership=0");
  }

  @Test
  void theHeadCountsWhatIsThereAndWhatWasWritten() {
    assertThat(TraceText.file(log(true, event(KmemEvents.KFREE, 1, 64))))
        .startsWith("# tracer: nop\n#\n# entries-in-buffer/entries-written: 1/7   #P:2\n#\n");
  }

  @Test
  void theFlagsTellTheContext() {
    int[] counts = {0, 1, 0x100, 0x101, 0x10000, 0x10100, 0x110000};
    String[] flags = {".....", "...1.", "b.s..", "b.s1.", "d.h..", "D.H..", "d.Z.."};
    for (int i = 0; i < counts.length; i++) {
      TraceLog.Event event =
          new TraceLog.Event(KmemEvents.KFREE, 1, counts[i], 0, new long[] {64}, "");
      assertThat(TraceText.pipe(log(true, event))).contains("[001] " + flags[i] + "     0.000000");
    }
  }

  @Test
  void perfPutsNamesAtTheRightOfTheLongest() {
    TraceLog log =
        log(
            false,
            event(KmemEvents.KMALLOC, 1_218_983_538, 0x102481920L, 32, 32, 0xcc0, -1),
            event(KmemEvents.MM_PAGE_ALLOC, 1_218_986_412, 0x1c81ba, 0, 0, 0x500cc2));
    assertThat(TraceText.text(log, "perf").replaceAll("call_site=\\S+", "call_site=X"))
        .isEqualTo(
            "          kmemsh     1 [000]  1218.983538:       kmem:kmalloc: call_site=X"
                + " ptr=0xffff888102481920 bytes_req=32 bytes_alloc=32 gfp_flags=GFP_KERNEL"
                + " node=-1 accounted=false\n"
                + "          kmemsh     1 [000]  1218.986412: kmem:mm_page_alloc: page=0x1c81ba"
                + " pfn=0x1c81ba order=0 migratetype=0 gfp_flags=GFP_HIGHUSER|__GFP_ACCOUNT\n");
  }

  @Test
  void traceCmdPutsTheCallerInFrontOfObjects() {
    TraceLog log =
        log(
            false,
            event(KmemEvents.KFREE, 2_162_719_043L, 0),
            event(KmemEvents.MM_PAGE_FREE, 2_162_719_044L, 5, 1));
    assertThat(TraceText.text(log, "trace-cmd").replaceAll("kmemsh_\\S+?(?=[) ])", "X"))
        .isEqualTo(
            "cpus=2\n"
                + "          kmemsh-1     [000]  2162.719043: kfree:                (X)"
                + " call_site=X ptr=(nil)\n"
                + "          kmemsh-1     [000]  2162.719044: mm_page_free:         page=0x5"
                + " pfn=0x5 order=1\n");
  }
}
