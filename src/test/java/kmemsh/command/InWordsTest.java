package kmemsh.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import kmemsh.learn.Families;
import kmemsh.learn.Family;
import kmemsh.learn.Question;
import kmemsh.text.Text;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every fact of a picture can be had in words, by {@code --plain}. */
class InWordsTest {
  /** Signs that only pictures have: bars, frames, lists drawn as arrows or boxes. */
  private static final Pattern DRAWN =
      Pattern.compile("##|\\|[#.=*+ -]|\\+--|->|<-|\\.\\.\\.\\.|\\[#");

  private static final Pattern NUMBER = Pattern.compile("0x[0-9a-f]+|[0-9]+");

  /** Families whose pictures also hold sums and counts of what the words tell. */
  private static final Set<String> SUMS =
      Set.of("split", "fits", "zone", "diagnose", "merge", "lists");

  private static final String[] SETUP = {
    "a = alloc_pages 3",
    "kmem_cache_create foo 200",
    "o = repeat 30 kmem_cache_alloc foo",
    "v = vmalloc 20000",
    "mark m",
    "free_pages $a 3"
  };

  private static final String[] LOOKS = {
    "layout",
    "vtop $v",
    "ptov 0x1408000",
    "pgd",
    "vmallocinfo",
    "vmalloc_to_page $v",
    "pkmap",
    "fixmap",
    "buddyinfo",
    "freelist DMA",
    "pcp",
    "zoneinfo",
    "meminfo",
    "page 0x1403",
    "memmap",
    "buddy 0x1408",
    "whatis $v",
    "whatis 0x1403",
    "frag",
    "slabinfo",
    "cache foo",
    "slab foo",
    "slabtop",
    "kmem -s",
    "kmem -S foo",
    "kmem -v",
    "kmalloc_caches",
    "gfp GFP_KERNEL",
    "machine",
    "tree /proc/sys/vm",
    "page-types",
    "diff m",
    "dash",
    "plot free slabs"
  };

  private static Interpreter machine(String options) {
    PracticeBench bench = new PracticeBench();
    bench.boot(options);
    for (String line : SETUP) {
      bench.run(line);
      assertThat(bench.failed()).as(line).isFalse();
    }
    return bench.interpreter();
  }

  private static String shown(Interpreter interpreter, String line) {
    Text out = new Text();
    interpreter.begin(line);
    for (Reply reply = interpreter.next(); reply != null; reply = interpreter.next()) {
      assertThat(reply.ok()).as(line).isTrue();
      ReplyText.write(reply, out, 80);
    }
    return out.plain();
  }

  private static Set<String> numbers(String text) {
    Set<String> numbers = new TreeSet<>();
    Matcher matcher = NUMBER.matcher(text.replace(",", ""));
    while (matcher.find()) {
      String number = matcher.group();
      numbers.add(
          number.startsWith("0x") ? "" + Long.parseUnsignedLong(number.substring(2), 16) : number);
    }
    return numbers;
  }

  @ParameterizedTest
  @CsvSource({"--machine i386", "--machine x86_64 --mem 512M --slab slub --cpus 2"})
  void whatIsDrawnIsToldWithoutADrawing(String options) {
    Interpreter interpreter = machine(options);
    for (String line : LOOKS) {
      String told = shown(interpreter, line + " --plain");
      assertThat(told).as(line).isNotBlank();
      for (String shown : told.split("\n", -1)) {
        assertThat(DRAWN.matcher(shown).find()).as(line + ": " + shown).isFalse();
        assertThat(shown.length()).as(shown).isLessThanOrEqualTo(80);
      }
    }
  }

  @Test
  void everythingIsToldInWordsWhereTheProgramWasAskedForThat() {
    Interpreter interpreter = machine("--machine i386");
    String asked = shown(interpreter, "zoneinfo --plain");
    assertThat(shown(interpreter, "zoneinfo")).isNotEqualTo(asked);
    interpreter.plain();

    assertThat(shown(interpreter, "zoneinfo")).isEqualTo(asked).contains("above high");
    assertThat(shown(interpreter, "play alloc_pages 9")).contains("it is empty");
  }

  @Test
  void theStepsOfACommandCanBeHadInWords() {
    Interpreter interpreter = machine("--machine i386");
    String told = shown(interpreter, "play alloc_pages 9 --plain");

    assertThat(told)
        .contains("step 1 of 4: __alloc_pages: order 9")
        .contains("  Normal Unmovable, order 9: left 0x1600; it is empty\n")
        .doesNotContain("|");
    assertThat(shown(interpreter, "free_pages $_ 9; play --plain alloc_pages 9"))
        .endsWith(
            told.substring(told.indexOf("step 1"), told.indexOf("$"))
                + "$6 = page pfn 0x1600..0x17ff  order 9  zone Normal  Unmovable  virt"
                + " 0xc1600000\n");
    assertThat(shown(interpreter, "play --plain")).startsWith(told.substring(0, told.indexOf("$")));
    assertThat(shown(interpreter, "step on --plain")).isEqualTo("step is on, in words\n");
    assertThat(shown(interpreter, "free_pages $_ 9")).contains("came 0x1600; it holds 0x1600\n");
    assertThat(shown(interpreter, "history")).doesNotContain("--plain");
  }

  static List<Family> families() {
    return Families.all();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("families")
  void aQuestionCanBeAnsweredWithoutItsPicture(Family family) {
    PracticeBench inWords = new PracticeBench(true, () -> 80);
    PracticeBench drawing = new PracticeBench();
    for (int seed = 0; seed < 12; seed++) {
      Question told = family.ask(inWords, 1 + seed % 3, seed);
      Question drawn = family.ask(drawing, 1 + seed % 3, seed);

      assertThat(told.prompt()).isEqualTo(drawn.prompt());
      assertThat(told.answer()).isEqualTo(drawn.answer());
      assertThat(DRAWN.matcher(told.picture()).find()).as(told.picture()).isFalse();
      assertThat(told.picture().isEmpty()).isEqualTo(drawn.picture().isEmpty());
      if (!SUMS.contains(family.name())) {
        assertThat(numbers(told.picture()))
            .as(told.picture() + drawn.picture())
            .containsAll(numbers(drawn.picture()));
      }
    }
  }

  /** Commands whose answers are pictures, and those that show such answers. */
  @Test
  void everyCommandThatDrawsCanDoWithout() {
    Lab lab = new TestLab().lab;
    CommandTable table = new CommandTable(lab);
    List<String> without = new ArrayList<>();
    for (String name : table.names()) {
      Command command = table.command(name);
      if (command instanceof LookCommand && command.usage().optionIndex(LookCommand.PLAIN) < 0) {
        without.add(name);
      }
    }
    assertThat(without).isEmpty();
    for (String name : List.of("play", "step", "drill", "interview", "myths", "tour", "lesson")) {
      assertThat(table.command(name).usage().optionIndex(LookCommand.PLAIN))
          .as(name)
          .isNotNegative();
    }
  }
}
