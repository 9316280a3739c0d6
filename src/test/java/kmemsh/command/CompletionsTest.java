package kmemsh.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import kmemsh.text.Style;
import kmemsh.text.Text;
import org.junit.jupiter.api.Test;

class CompletionsTest {
  private final TestLab lab = new TestLab();
  private final Completions completions = new Completions(lab.lab, lab.table);

  private List<String> words(String line) {
    return completions.candidates(line, line.length()).stream()
        .map(Completions.Candidate::word)
        .toList();
  }

  @Test
  void aLineBeginsWithACommand() {
    assertThat(words("und")).containsExactly("undo");
    assertThat(words("echo a; red")).containsExactly("redo");
    assertThat(words("repeat 3 ech")).containsExactly("echo");
    assertThat(words("! asse")).containsExactly("assert");
    assertThat(words("p = ech")).containsExactly("echo");
    assertThat(words("for x in a b: ech")).containsExactly("echo");
    assertThat(words("")).contains("undo", "help", "apropos");
    assertThat(words("repeat ")).isEmpty();
  }

  @Test
  void argumentsAreOfferedByTheirKind() {
    assertThat(words("take ")).startsWith("0", "1").endsWith("10");
    assertThat(words("take 3 GFP_K")).containsExactly("GFP_KERNEL", "GFP_KERNEL_ACCOUNT");
    assertThat(words("take 3 GFP_KERNEL|__GFP_Z")).containsExactly("__GFP_ZERO", "__GFP_ZEROTAGS");
    assertThat(words("take --c")).containsExactly("--cpu");
    assertThat(words("take --cpu 3 3 GFP_AT")).containsExactly("GFP_ATOMIC");
    assertThat(words("help lang")).containsExactly("language");
    assertThat(words("look x")).isEmpty();
  }

  @Test
  void theReplacedPartBeginsBehindTheBar() {
    String line = "take 3 GFP_KERNEL|__GFP_ZE";
    assertThat(completions.candidates(line, line.length()).get(0).start()).isEqualTo(18);
  }

  @Test
  void valuesAndTheirFieldsAreOffered() {
    lab.run("p = take 3; take 0");
    assertThat(words("give $")).containsExactly("$p", "$2", "$1");
    assertThat(words("give $p.o")).containsExactly("order");
    assertThat(words("assert $p.pf")).containsExactly("pfn");
    lab.run("give $p");
    assertThat(completions.candidates("give $p", 7).get(0).description()).endsWith(", freed");
  }

  @Test
  void wordsToChooseFromAreOffered() {
    assertThat(words("reboot --slab ")).containsExactly("slab", "slub", "slob");
    assertThat(words("reboot --machine x")).containsExactly("x86_64");
    assertThat(words("reboot --split 2")).containsExactly("2G", "2G_OPT");
    assertThat(words("trace --format p")).containsExactly("perf");
    assertThat(words("trace o")).containsExactly("on", "off");
    assertThat(words("trace on mm_page_f")).containsExactly("mm_page_free", "mm_page_free_batched");
    assertThat(words("step ")).containsExactly("on", "off");
    assertThat(words("drill sta")).containsExactly("stats");
    assertThat(words("kmem_cache_create c 8 0 SLAB_PANIC|SLAB_HW"))
        .containsExactly("SLAB_HWCACHE_ALIGN");
    assertThat(words("freelist Normal 3 "))
        .containsExactly("Unmovable", "Movable", "Reclaimable", "HighAtomic");
  }

  @Test
  void aValueOffersTheFieldsItHasAndSaysWhichWhenItHasNone() {
    lab.run("p = take 3; l = repeat 2 take 0; c = kmem_cache_create c 8; o = kmalloc 8");
    assertThat(words("echo $p.")).containsExactly("pfn", "addr", "order", "pages", "zone");
    assertThat(words("echo $1.")).contains("pfn").doesNotContain("cache", "name");
    assertThat(words("echo $l.")).containsExactly("count");
    assertThat(words("echo $c.")).startsWith("size", "name").contains("slabs", "active");
    assertThat(words("echo $o.")).contains("cache", "size").doesNotContain("count");
    assertThat(lab.one("echo $l.pfn").refusal().what())
        .isEqualTo(".pfn is no field of a list of 2 values: there are .count");
    assertThat(lab.one("echo $l.pfn").refusal().suggestion()).isEmpty();
  }

  @Test
  void conditionsOfferFunctionsAndZones() {
    assertThat(words("assert fr")).containsExactly("free(");
    assertThat(words("assert free(No")).containsExactly("Normal");
    assertThat(words("assert 3 == coun")).containsExactly("count(");
    assertThat(words("assert pages(Normal).m")).containsExactly("min", "managed");
  }

  @Test
  void pathsOfProcAreOfferedBehindARedirection() {
    assertThat(words("echo 1 > /p")).isEmpty();
    assertThat(words("echo 1 > /proc/")).containsExactly("/proc/buddyinfo", "/proc/sys/");
    assertThat(words("echo 1 >/proc/b")).containsExactly("/proc/buddyinfo");
  }

  @Test
  void filesAreOffered() {
    assertThat(words("source src/main/java/kmem")).containsExactly("src/main/java/kmemsh/");
    assertThat(words("source /no/such/dir/")).isEmpty();
  }

  @Test
  void theHintNamesTheArgumentAtTheCursor() {
    assertThat(completions.hint("take ", 5)).isEqualTo("ORDER: how many (0..10)");
    assertThat(completions.hint("take 3 ", 7)).startsWith("GFP: how");
    assertThat(completions.hint("take --cpu ", 11)).isEqualTo("N: where");
    assertThat(completions.hint("take", 4)).isEqualTo("take [-c N] ORDER [GFP]: Take pages");
    assertThat(completions.hint("look ", 5)).isEqualTo("look takes no arguments");
    assertThat(completions.hint("nonsense ", 9)).isEmpty();
  }

  @Test
  void highlightingKeepsEveryCharacterAndMarksUnknownWords() {
    for (String line :
        List.of("", "undo 3", "nope 'x' # c", "a;b \\\n c", "'open", "p = take $1|x", "  ;;  ")) {
      assertThat(completions.highlight(line).plain()).isEqualTo(line);
    }
    assertThat(styles("undo 3")).containsExactly(Style.COMMAND, Style.PLAIN, Style.NUMBER);
    assertThat(styles("nope")).containsExactly(Style.WRONG);
    assertThat(styles("give $9")).containsExactly(Style.COMMAND, Style.PLAIN, Style.WRONG);
    assertThat(styles("for p in 1: give $p")).endsWith(Style.NAME);
  }

  private List<Style> styles(String line) {
    Text text = completions.highlight(line);
    List<Style> styles = new java.util.ArrayList<>();
    for (int i = 0; i < text.nrChanges(); i++) {
      if (text.changeOffset(i) < text.length()) {
        styles.add(text.styleOf(i));
      }
    }
    return styles;
  }
}
