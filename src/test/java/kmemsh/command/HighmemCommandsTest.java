package kmemsh.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import kmemsh.render.Renderers;
import kmemsh.text.Text;
import kmemsh.view.VmallocInfo;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is refused of kmap and its kin, and what contexts do to other calls. */
class HighmemCommandsTest {
  private final TestLab lab = new TestLab();

  @BeforeEach
  void boot() {
    lab.one("reboot --mem 1280M");
  }

  private Reply one(String line) {
    return lab.one(line);
  }

  /** The first line of an answer. */
  private String text(String line) {
    return texts(line).get(0);
  }

  private List<String> texts(String line) {
    Text text = new Text();
    Renderers.render(one(line).record(), text, 100);
    return text.plain().lines().toList();
  }

  @Test
  void aMachineThatIsNotThereAndAddressesOfNothingAreToldPlainly() {
    assertThat(one("reboot --machine arm").refusal().what())
        .isEqualTo("arm is no machine: it is i386, x86_64 or a file with settings");
    assertThat(text("kfree 0x1")).isEqualTo("0x1 is below ZERO_SIZE_PTR: nothing to free");
    assertThat(text("kvfree 16")).isEqualTo("ZERO_SIZE_PTR: nothing to free");
    assertThat(String.join(" ", texts("vtop 0x123456789")))
        .contains("it has 32 bits")
        .doesNotContain("canonical");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "kmap 0x2000 | pfn 0x2000 is free: nobody may touch it | do it without a word |",
        "kmap 0xa5 | pfn 0xa5 lies in a hole of the memory map: there is no page frame | bus |",
        "kunmap $p | pfn 0x373fe has no slot of the kmap window: kmap gives it one | BUG |",
        "kunmap $w | 0xff401000 is an address: kunmap takes the page | oops | kunmap 0x373ff",
        "kunmap_local $w | 0xff401000 is slot 1 of the kmap window, not a local map | do nothing |"
            + " kunmap 0x373ff",
        "kunmap_local $p | $p is a page: kunmap_local takes the address that was given | nothing |",
        "kunmap_local 0x1000 | 0x1000 is no address that a local map gives | warn once |"
            + " whatis 0x1000",
        "kunmap_local 0xf8000000 | 0xf8000000 is no address that a local map gives | do nothing |"
            + " whatis 0xf8000000",
        "kunmap_local $a | 0xffffc000 is not the newest map of cpu 0: the last one goes first |"
            + " warn once | kunmap_local 0xffffb000",
        "kunmap_atomic $b | 0xffffb000 was mapped by kmap_local_page | enable preemption |"
            + " kunmap_local 0xffffb000",
        "kunmap_atomic 0xc1403000 | no lowmem page is mapped by kmap_atomic on cpu 0 | enable |",
        "kunmap_local 0xffff9000 | 0xffff9000 is not mapped: nothing is at level 3 of cpu 0 |"
            + " warn once |",
        "free_page $q | pfn 0x373ff is mapped at 0xff401000 and in use there | without a word |"
            + " kunmap 0x373ff",
        "free_page $p | pfn 0x373fe is mapped at 0xffffc000 and in use there | without a word |"
            + " kunmap_atomic 0xffffc000",
        "virt_to_page $w | 0xff401000 is in the kmap window, slot 1, 1 user: not in the linear map"
            + " | does not exist | whatis 0xff401000",
        "kmap 0x7fffffff | pfn 0x7fffffff is not one of 0..0x4ffdf | |",
      })
  void whatAKernelWouldSufferFromIsRefusedAndChangesNothing(
      String line, String what, String kernelWould, String suggestion) {
    one("p = alloc_page GFP_HIGHUSER");
    one("q = alloc_page GFP_HIGHUSER");
    one("w = kmap $q");
    one("a = kmap_atomic $p");
    one("b = kmap_local_page $p");
    Object before = one("pkmap").record();
    Object fixmap = one("fixmap").record();

    Reply reply = one(line);

    assertThat(reply.status()).isEqualTo(Reply.REFUSED);
    assertThat(reply.refusal().what()).isEqualTo(what);
    assertThat(reply.refusal().kernelWould()).contains(kernelWould == null ? "" : kernelWould);
    assertThat(reply.refusal().suggestion()).isEqualTo(suggestion == null ? "" : suggestion);
    assertThat(one("pkmap").record()).usingRecursiveComparison().isEqualTo(before);
    assertThat(one("fixmap").record()).isEqualTo(fixmap);
    assertThat(one("dmesg").record().toString()).doesNotContain("WARNING");
  }

  @Test
  void aFullWindowRefusesAndAKunmapMakesRoom() {
    one("all = repeat 1024 alloc_page GFP_HIGHUSER");
    one("kmap $all");
    one("p = alloc_page GFP_HIGHUSER");
    assertThat(one("kmap $p").refusal().what()).contains("would sleep until a kunmap");
    assertThat(one("kmap $all[7]").ok()).isTrue();
    one("kunmap $all[500]");
    assertThat(text("kmap $p")).contains("virt 0xff5f5000", "slot 501");
  }

  @Test
  void aListThatCannotAllBeMappedIsRefusedAsAWhole() {
    one("all = repeat 1025 alloc_page GFP_HIGHUSER");
    assertThat(one("kmap $all").refusal().what()).contains("would sleep");
    assertThat(text("pkmap")).contains("1,024 slots, 0 in use, 0 without a user");
    one("kmap $all[0]");
    assertThat(one("kunmap $all").refusal().what()).contains("pfn 0x373ff has no slot");
    assertThat(text("page_address $all[0]")).contains("virt 0xff401000");
  }

  @Test
  void aSleepingMaskInAnInterruptIsReportedOnceAnOperationAndAdvised() {
    one("context softirq");
    assertThat(one("alloc_page").note())
        .isEqualTo("it may sleep, softirq context may not: see dmesg; use GFP_ATOMIC here");
    assertThat(one("alloc_page GFP_ATOMIC").note()).isEmpty();
    assertThat(one("repeat 100 kmalloc 32").note()).contains("GFP_ATOMIC");
    assertThat(one("kmalloc 0").note()).isEmpty();
    String log = one("dmesg").record().toString();
    assertThat(log.split("BUG: sleeping function", -1)).hasSize(3);
    one("undo 3");
    assertThat(one("dmesg").record().toString().split("BUG: sleeping", -1)).hasSize(2);
  }

  @Test
  void theAdviceInAnAtomicContextIsOneThatTheCallCanFollow() {
    one("p = alloc_page");
    one("v = vmalloc 8K");
    one("context atomic");
    assertThat(one("vmalloc 8K").note()).endsWith("kmalloc GFP_ATOMIC does not");
    assertThat(one("m = vmap $p").note()).endsWith("leave it to process context");
    assertThat(one("vm_map_ram $p").note()).endsWith("leave it to process context");
    assertThat(one("vfree $v").note()).endsWith("leave it to process context");
    assertThat(one("kvmalloc 8K").note()).endsWith("use GFP_ATOMIC here");
    assertThat(one("vmap $m").note()).isEmpty();
  }

  @Test
  void tooLargeAnOrderIsToldByWhatLiesBehindTheBlock() {
    one("p = alloc_pages 3");
    assertThat(one("free_pages $p 4").refusal().kernelWould()).endsWith("hand them out twice");
    one("q = alloc_pages 3");
    assertThat(one("free_pages $p 4").refusal().kernelWould()).contains("(nonzero _refcount)");
    one("r = alloc_pages 6");
    assertThat(one("free_pages $r 7").refusal().kernelWould()).contains("nonzero mapcount");
    assertThat(one("free_page 0xf7c00000").refusal().what())
        .isEqualTo("0xf7c00000 is no address of the linear map");
    assertThat(one("free_pages -1 0").refusal().what()).startsWith("pfn -1 is not one of 0..");
  }

  @Test
  void zoneinfoListsReservesAsASentenceAndSaysWhenAZoneHasNoPages() {
    one("reboot --mem 64M");
    assertThat(texts("zoneinfo DMA"))
        .contains("  lowmem_reserve 42 against Normal, HighMem and Movable requests");
    one("reboot --machine x86_64 --mem 64M --nodes 4 --cpus 2");
    assertThat(texts("zoneinfo DMA32")).contains("  state: no pages: boot kept all of them");
  }

  @Test
  void drainPagesWaitsForOtherCpusAndIsThereforeForProcessContext() {
    one("reboot --cpus 2");
    one("alloc_page");
    one("context atomic");
    assertThat(one("drain_pages").refusal().what())
        .isEqualTo("drain_pages is not for atomic context");
    assertThat(one("drain_pages 1").refusal().kernelWould()).contains("wait for work on each CPU");
    assertThat(one("drain_pages 0").ok()).isTrue();
    one("context nmi");
    assertThat(one("drain_pages 0").refusal().what()).contains("not for nmi context");
    one("context process");
    assertThat(one("drain_pages").ok()).isTrue();
  }

  @Test
  void aFreedValueIsNeitherMappedNorFreedAgainThoughItsPlaceHasANewOwner() {
    one("p = alloc_page");
    one("free_page $p");
    one("q = alloc_page");
    for (String call : List.of("kmap $p", "kmap_local_page $p", "vmap $p", "vm_map_ram $p")) {
      assertThat(one(call).refusal().what()).as(call).isEqualTo("$p was freed by `free_page $p`");
    }
    assertThat(one("vmap $q").ok()).isTrue();
    one("kmem_cache_create foo 100");
    one("a = kmem_cache_alloc foo");
    one("kmem_cache_free foo $a");
    one("b = kmem_cache_alloc foo");
    assertThat(one("kmem_cache_free_bulk foo $a").refusal().what())
        .isEqualTo("$a was freed by `kmem_cache_free foo $a`");
    assertThat(one("kmem_cache_free_bulk foo $b").ok()).isTrue();
  }

  @Test
  void vfreeInAnInterruptSaysThatAWorkerFreesLater() {
    one("v = vmalloc 8K");
    one("context hardirq");
    assertThat(text("vfree $v")).contains("waits for a worker");
    assertThat(((VmallocInfo) one("vmallocinfo").record()).unpurged()).isEmpty();
    one("context process");
    assertThat(((VmallocInfo) one("vmallocinfo").record()).unpurged()).hasSize(1);
  }

  @Test
  void nullMayBeGivenBackAnyNumberOfTimes() {
    one("n = vmalloc 200M");
    one("k = kmalloc 5M");
    for (int i = 0; i < 3; i++) {
      assertThat(text("vfree $n")).isEqualTo("NULL: nothing to free");
      assertThat(text("kfree $k")).isEqualTo("NULL: nothing to free");
    }
  }

  @Test
  void iounmapOfLowMemoryDoesNotSayThatSomethingWasFreed() {
    assertThat(text("iounmap 0xc0000000")).contains("passes over: nothing was freed");
    assertThat(text("ioremap 0xfe000000 0")).contains("NULL: 0 bytes map nothing");
  }

  @Test
  void ioremapBehindTheLast32BitAddressWrapsRoundWithoutPaeAndIsBeyondTheBusOfNone() {
    assertThat(one("ioremap 0xffffffff 16").refusal().what())
        .isEqualTo("16 bytes from 0xffffffff wrap round");
    assertThat(one("ioremap 0x100000000 4096").refusal().what()).contains("beyond the physical");
    one("reboot --pae");
    assertThat(one("ioremap 0xffffffff 16").ok()).isTrue();
  }

  @Test
  void dmaTakesAPageAsTheOtherCommandsDo() {
    one("p = alloc_pages 2");
    assertThat(String.join(" ", texts("dma $p 16K"))).contains("linear map", "yes: one piece");
    one("h = alloc_page GFP_HIGHUSER");
    assertThat(one("dma $h 4K").refusal().what()).contains("is HighMem and has no address");
  }

  @Test
  void aKreallocThatStaysInPlaceDoesNotAskForMemory() {
    one("a = kmalloc 20");
    one("context atomic");
    assertThat(one("krealloc $a 30").note()).isEmpty();
    assertThat(one("krealloc $a 300").note()).contains("GFP_ATOMIC");
  }

  @ParameterizedTest
  @CsvSource({
    "alloc_page GFP_ATOMIC",
    "kmalloc 8 GFP_ATOMIC",
    "free_page $p",
    "kfree $o",
    "kmem_cache_create a 8",
    "kmem_cache_shrink kmalloc-32",
    "kmap $h"
  })
  void anNmiCanDoNothingWithMemory(String line) {
    one("p = alloc_page");
    one("o = kmalloc 20");
    one("h = alloc_page GFP_HIGHUSER");
    one("context nmi");
    assertThat(one(line).refusal().what()).endsWith("is not for nmi context");
    assertThat(one("kmap_local_page $h").ok()).isTrue();
  }

  @Test
  void eachCpuHasAContextOfItsOwn() {
    one("reboot --cpus 2");
    one("context hardirq");
    one("cpu 1");
    assertThat(one("alloc_page").note()).isEmpty();
    one("cpu 0");
    assertThat(one("alloc_page").note()).contains("hardirq context may not");
    one("reset");
    assertThat(one("alloc_page").note()).isEmpty();
  }

  @Test
  void anAddressIsAskedForWithoutHighmemAndTheAnswerSaysSo() {
    assertThat(one("__get_free_page GFP_HIGHUSER").note()).contains("without __GFP_HIGHMEM");
    assertThat(one("__get_free_page").note()).isEmpty();
    assertThat(text("whatis $1")).contains("linear map");
  }

  @Test
  void objectsAreNeverInHighMemAndANewSlabSaysSo() {
    one("kmalloc 100 GFP_KERNEL|__GFP_HIGHMEM");
    one("kmalloc 100 GFP_KERNEL|__GFP_HIGHMEM");
    one("kmalloc 64K GFP_KERNEL|__GFP_HIGHMEM");
    String log = one("dmesg").record().toString();
    assertThat(log)
        .contains(
            "Unexpected gfp: 0x2 (__GFP_HIGHMEM). Fixing up to gfp: 0xcc0 (GFP_KERNEL). Fix your"
                + " code!");
    assertThat(log.split("Unexpected gfp", -1)).hasSize(3);
    assertThat(text("whatis $3")).contains("linear map");
    one("krealloc $1 64K GFP_KERNEL|__GFP_HIGHMEM");
    one("kmem_cache_create c 1000");
    one("kmem_cache_alloc_bulk c 8 GFP_KERNEL|__GFP_HIGHMEM");
    log = one("dmesg").record().toString();
    assertThat(log.split("Unexpected gfp", -1)).as("a block and two slabs more").hasSize(6);
  }

  @Test
  void allocPagesExactWarnsOnceOfHighmem() {
    one("alloc_pages_exact 5000 GFP_HIGHUSER");
    one("alloc_pages_exact 5000 GFP_HIGHUSER");
    String log = one("dmesg").record().toString();
    assertThat(log.split("WARNING: CPU: 0 PID: 1 at alloc_pages_exact", -1)).hasSize(2);
  }

  @Test
  void unsafeLetsAWrongOrderOfLocalMapsThroughAndWarnsOnce() {
    one("reboot --unsafe --cpus 2");
    one("p = alloc_page GFP_HIGHUSER");
    one("q = alloc_page GFP_HIGHUSER");
    one("a = kmap_local_page $p");
    one("b = kmap_local_page $q");
    assertThat(one("kunmap_local $a").note()).contains("0xfffba000 in its place");
    assertThat(one("assert $a == 0xfffbb000").ok()).isTrue();
    assertThat(text("whatis $a")).contains("level 0 of cpu 0, kmap_local_page");
    assertThat(one("kunmap_local $b").note()).contains("0xfffbb000 in its place");
    assertThat(one("c = kmap_local_page $q").ok()).isTrue();
    assertThat(one("assert $c == 0xfffbb000").ok()).isTrue();
    assertThat(one("dmesg").record().toString().split("at kunmap_local_indexed", -1)).hasSize(2);
    assertThat(text("verify")).startsWith("ok");
    one("kunmap_local $c");
    assertThat(one("kunmap_local $c").ok()).isFalse();
  }

  @Test
  void fieldsAndFramesOfAMappedPageKnowItsAddress() {
    one("p = alloc_page GFP_HIGHUSER");
    one("k = kmap $p");
    assertThat(one("assert $p.addr == $k").ok()).isTrue();
    assertThat(texts("page $k")).anyMatch(line -> line.contains("mapped at 0xff401000"));
    assertThat(text("whatis $k+5")).contains("slot 1, 1 user, pfn 0x373fe + 0x5");
    assertThat(text("whatis 0xff402000")).contains("slot 2, empty, no frame behind it");
  }

  @Test
  void withoutHighMemTheCallsLookTheAddressUp() {
    one("reboot --machine x86_64");
    one("p = alloc_page GFP_HIGHUSER");
    assertThat(text("kmap $p")).contains("virt 0xffff888100043000", "linear map");
    assertThat(one("kunmap $p").ok()).isTrue();
    assertThat(text("kmap_atomic $p")).contains("preempt_count 1");
    assertThat(one("kmap $p").note()).contains("atomic context may not");
    assertThat(text("fixmap")).contains("no fixmap slots");
  }
}
