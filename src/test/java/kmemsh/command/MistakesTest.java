package kmemsh.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import kmemsh.view.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What newcomers type: each is refused with a sentence that says what to do instead. */
class MistakesTest {
  private static final Set<String> WRITE_OR_READ_FILES =
      Set.of("save", "transcript", "export", "report", "render", "source", "load", "lesson");

  private final TestLab lab = new TestLab();

  private Refusal refused(String line) {
    long before = lab.session.version();
    Reply reply = lab.one(line);
    assertThat(reply.status()).as(line).isEqualTo(Reply.REFUSED);
    assertThat(lab.session.version()).as(line).isEqualTo(before);
    return reply.refusal();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      value = {
        "cat /proc/buddyinfo | head -3 ! no pipe ! kmemsh -c 'cat /proc/buddyinfo' | head -3",
        "cat /proc/buddyinfo|head ! no pipe ! kmemsh -c 'cat /proc/buddyinfo' | head",
        "buddyinfo | grep Normal ! no pipe ! kmemsh -c 'buddyinfo' | grep Normal",
        "buddyinfo > out.txt ! only echo writes ! kmemsh -c 'buddyinfo' > out.txt",
        "buddyinfo >>out.txt ! only echo writes ! kmemsh -c 'buddyinfo' > out.txt",
        "buddyinfo && pcp ! ; separates commands ! buddyinfo; pcp",
        "buddyinfo || pcp ! ; separates commands ! buddyinfo; pcp",
        "cat < /proc/meminfo ! name the file ! cat /proc/meminfo",
        "alloc_pages 3, GFP_KERNEL ! without commas ! alloc_pages 3 GFP_KERNEL",
        "kmalloc 20 GFP_KERNEL | __GFP_ZERO ! without blanks ! kmalloc 20 GFP_KERNEL|__GFP_ZERO",
        "kmalloc 20 GFP_KERNEL |__GFP_ZERO ! without blanks ! kmalloc 20 GFP_KERNEL|__GFP_ZERO",
        "kmalloc 20 GFP_KERNEL| __GFP_ZERO ! without blanks ! kmalloc 20 GFP_KERNEL|__GFP_ZERO",
        "kmalloc 20 gfp_atomic ! is no GFP flag ! GFP_ATOMIC",
        "alloc_page 3 ! several zones ! alloc_pages 3",
        "cat buddyinf ! no file ! cat /proc/buddyinfo",
        "for x in 1 2 3 echo $x ! a colon ! for x in 1 2 3: echo $x",
        "echo 1 >> /proc/sys/vm/swappiness ! >> appends ! echo 1 > /proc/sys/vm/swappiness",
        "alloc_pages 0 |GFP_KERNEL ! without blanks ! alloc_pages 0 GFP_KERNEL",
        "alloc_pages 0 GFP_KERNEL| ! a flag is missing ! alloc_pages 0 GFP_KERNEL",
        "memmap --help ! no option of memmap ! help memmap",
        "vmalloc -h ! no option of vmalloc ! help vmalloc",
        "ALLOC_PAGES 3 ! no command ! alloc_pages",
        "alloc pages 3 ! no command ! apropos alloc",
        "help alloc ! no command and no group ! apropos alloc",
        "help kmallok ! no command and no group ! help kmalloc",
        "man kmalloc ! no command ! help",
        "q ! no command ! quit",
        "malloc 20 ! no command ! kmalloc"
      })
  void theMessageSaysWhatToDoInstead(String line, String says, String suggests) {
    Refusal refusal = refused(line);

    assertThat(refusal.what()).contains(says);
    assertThat(refusal.suggestion()).isEqualTo(suggests);
  }

  @Test
  void expressionsKeepTheirOperatorsAndMasksTheirFlags() {
    assertThat(refused("assert free(Nowhere) > 3 || 1").what()).contains("Nowhere");
    assertThat(refused("alloc_page GFP_KERNEL|__GFP_ZERA").what()).startsWith("__GFP_ZERA");
    assertThat(lab.one("echo 'a | b' '>' c").ok()).isTrue();
  }

  @Test
  void whatIsMissingIsSaidWithWhereToReadOn() {
    assertThat(refused("kfree").what()).isEqualTo("kfree takes OBJ; got none: see help kfree");
    assertThat(refused("kmalloc ''").what())
        .isEqualTo("'' is empty: a number or a value is expected");
    assertThat(refused("kmem_cache_alloc ''").what()).startsWith("'' is no cache");
    assertThat(refused("kmalloc 1.5K").what()).contains("numbers are whole");
    assertThat(refused("undo -1").what())
        .isEqualTo("-1 operations cannot be undone: say 1 or more");
    assertThat(refused("compare 'kmalloc 20'").what())
        .contains("kmalloc 20 is no file", "save FILE");
    assertThat(refused("plot nonsense").what()).contains("is no metric");
    assertThat(refused("drain_pages 5").what()).isEqualTo("cpu 5 is not one of 0..0");
    assertThat(refused("goto nowhere").what()).contains("see marks and history");
  }

  /**
   * Every command with nothing, with what it cannot read, with too much: never a mistake of ours.
   */
  @Test
  void anyCommandWithAnyWordsIsAnsweredInSentences() {
    String[] words = {
      "",
      "bogus",
      "-1",
      "--bogus",
      "$zz",
      "$_",
      "99999999999999999999",
      "1 2 3 4 5 6 7 8 9 10",
      "''",
      "|",
      "> /bin/sh/x"
    };
    for (String name : lab.table.names()) {
      Command command = lab.table.command(name);
      if (WRITE_OR_READ_FILES.contains(command.usage().name())) {
        continue;
      }
      for (String word : words) {
        answered(name + " " + word);
      }
    }
  }

  private void answered(String line) {
    int replies = 0;
    lab.interpreter.begin(line);
    Reply reply = lab.interpreter.next();
    while (reply != null && replies++ < 20) {
      if (!reply.ok()) {
        assertThat(reply.refusal().what())
            .as(line)
            .isNotBlank()
            .doesNotContain("null", "Exception")
            .doesNotStartWith(" ");
      }
      reply = lab.interpreter.next();
    }
    lab.interpreter.abandon();
    lab.interpreter.endDialogue();
    while (lab.interpreter.next() != null) {
      // What a drill or a tour says at its end.
    }
  }
}
