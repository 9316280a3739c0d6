package kmemsh.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import kmemsh.op.Repeat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InterpreterTest {
  private final TestLab lab = new TestLab();

  @Test
  void eachCommandOfALineGivesOneReply() {
    assertThat(lab.run("echo a; echo 'b  c' ; # nothing\necho d"))
        .containsExactly("a", "b  c", "d");
  }

  @Test
  void anEmptyLineGivesNoReply() {
    assertThat(lab.run("")).isEmpty();
    assertThat(lab.run("  ;; # words")).isEmpty();
  }

  @Test
  void valuesAreNumberedAndNamed() {
    List<String> replies = lab.run("take 0; p = take 1; $2 == $p; $p.order; $_ == $2");
    assertThat(replies.get(0)).startsWith("$1 = 0x");
    assertThat(replies.get(1)).startsWith("$p = 0x");
    assertThat(replies.subList(2, 5)).containsExactly("1", "1", "1");
  }

  @Test
  void anAssignmentWithoutBlanksIsRefusedWithTheRightForm() {
    Reply reply = lab.one("p=take 3");
    assertThat(reply.refusal().what()).startsWith("p=take is no command");
    assertThat(reply.refusal().suggestion()).isEqualTo("p = take 3");
  }

  @Test
  void anUnknownWordSuggestsTheNearestCommand() {
    Reply reply = lab.one("hisotry");
    assertThat(reply.status()).isEqualTo(Reply.REFUSED);
    assertThat(reply.refusal().what()).isEqualTo("hisotry is no command: `help` lists them");
    assertThat(reply.refusal().suggestion()).isEqualTo("history");
  }

  @Test
  void aWrongNumberOfWordsNamesTheArguments() {
    assertThat(lab.run("take"))
        .containsExactly("refused: take takes [-c N] ORDER [GFP]; got none: see help take");
    assertThat(lab.run("take 1 2 3 4"))
        .containsExactly("refused: take takes [-c N] ORDER [GFP]; got 4 words: see help take");
  }

  @Test
  void optionsMayStandAnywhereAndArgumentsMayBeNamed() {
    assertThat(lab.one("take --cpu 1 3").ok()).isTrue();
    assertThat(lab.one("take 3 --cpu=1").ok()).isTrue();
    assertThat(lab.one("take -c1 --gfp GFP_ATOMIC --order=3").made().order()).isEqualTo(3);
    assertThat(lab.run("take 3 --cpu 9")).containsExactly("refused: --cpu 9 is not one of 0..7");
    assertThat(lab.one("take 3 --cpi 9").refusal().suggestion()).isEqualTo("--cpu");
  }

  @Test
  void anOrderOutOfRangeIsRefusedAndNothingChanges() {
    long before = lab.freePages();
    assertThat(lab.run("take 11")).containsExactly("refused: order 11 is not one of 0..10");
    assertThat(lab.run("take -1")).containsExactly("refused: order -1 is not one of 0..10");
    assertThat(lab.freePages()).isEqualTo(before);
    assertThat(lab.session.now()).isZero();
  }

  @Test
  void repeatIsOneOperationWithOneList() {
    lab.run("repeat 100 take 0");
    assertThat(lab.session.now()).isEqualTo(1);
    assertThat(lab.run("count($1)"))
        .containsExactly("refused: count($1) is no command: `help` lists them");
    assertThat(lab.run("assert count($1) == 100; assert $1[3].order == 0; assert $1[99] != $1[0]"))
        .containsExactly("", "", "");
    assertThat(lab.run("$1[100]"))
        .containsExactly("refused: $1[100] is not there: $1 has [0]..[99]");
  }

  @Test
  void nestedRepeatsMultiply() {
    lab.run("repeat 3 repeat 4 take 0");
    assertThat(lab.run("assert count($1) == 12")).containsExactly("");
    assertThat(lab.session.opAt(1)).isInstanceOf(Repeat.class);
  }

  @Test
  void tooManyRoundsAreRefused() {
    assertThat(lab.run("repeat 10000001 take 0"))
        .containsExactly("refused: 10000001 is not one of 1..10000000, the rounds of repeat");
    assertThat(lab.run("repeat 10000 repeat 10000 take 0"))
        .containsExactly(
            "refused: 100000000 rounds in all are too many: repeat goes up to 10000000");
    assertThat(lab.run("repeat 2 ".repeat(100_000) + "take 0")).hasSize(1);
    assertThat(lab.session.now()).isZero();
  }

  @Test
  void repeatOfALookingCommandLooksEachTime() {
    assertThat(lab.run("repeat 3 look")).containsExactly("nothing", "nothing", "nothing");
  }

  @Test
  void forGoesOverWordsAndLists() {
    assertThat(lab.run("for x in 1 'a b' c: echo [$x] '$x'"))
        .containsExactly("[1] $x", "[a b] $x", "[c] $x");
    lab.run("repeat 5 take 0");
    assertThat(lab.run("for p in $1: give $p")).containsExactly("", "", "", "", "");
    assertThat(lab.session.textAt(6)).isEqualTo("give $1[4]");
    assertThat(lab.run("for i in 1 2: for j in a b: echo $i$j"))
        .containsExactly("1a", "1b", "2a", "2b");
  }

  @Test
  void aLoopThatIsNotCompleteSaysWhatIsMissing() {
    assertThat(lab.run("for x in a b"))
        .containsExactly(
            "refused: for takes NAME in ITEM...: COMMAND; a colon behind the last item is missing");
    assertThat(lab.run("for x of a: look"))
        .containsExactly("refused: for takes NAME in ITEM...: COMMAND; the word in is missing");
    assertThat(lab.run("for x in a:"))
        .containsExactly(
            "refused: for takes NAME in ITEM...: COMMAND; no command follows the colon");
    assertThat(lab.run("for x in a: for x in b: look").get(0)).contains("already the variable");
  }

  @Test
  void aFreedValueIsRefusedUntilTheFreeIsUndone() {
    lab.run("p = take 3; give $p");
    assertThat(lab.run("give $p")).containsExactly("refused: $p was freed by `give $p`");
    assertThat(lab.run("give $1")).containsExactly("refused: $1 was freed by `give $p`");
    lab.run("undo");
    assertThat(lab.run("give $p")).containsExactly("");
    lab.run("undo; redo");
    assertThat(lab.run("give $p")).containsExactly("refused: $p was freed by `give $p`");
  }

  @Test
  void aFreedElementOfAListIsRemembered() {
    lab.run("repeat 3 take 0; give $1[1]");
    assertThat(lab.run("give $1[1]; give $1[2]"))
        .containsExactly("refused: $1[1] was freed by `give $1[1]`", "");
  }

  @Test
  void aPageInsideABlockIsNamedByItsBase() {
    lab.run("take 3");
    assertThat(lab.run("give $1+1").get(0)).endsWith("is the second page of the block $1");
  }

  @Test
  void valuesMadeAfterAnUndoneOperationVanishAndReturnWithRedo() {
    lab.run("take 0; take 0; where $2");
    assertThat(lab.values.count()).isEqualTo(3);
    lab.run("undo");
    assertThat(lab.values.count()).isEqualTo(1);
    assertThat(lab.run("give $2")).containsExactly("refused: $2 is no value: there is $1");
    lab.run("redo");
    assertThat(lab.values.count()).isEqualTo(3);
    lab.run("undo; take 1");
    assertThat(lab.run("$2.order")).containsExactly("1");
    assertThat(lab.run("redo"))
        .containsExactly("refused: 1 operation cannot be redone: there are none");
  }

  @Test
  void aNameMeansItsOlderValueAgainAfterUndo() {
    lab.run("p = take 0; p = take 1");
    assertThat(lab.run("$p.order; undo; $p.order").get(2)).isEqualTo("0");
  }

  @Test
  void resetStartsAgainAtTheFirstValueAndCanBeUndone() {
    long boot = lab.freePages();
    lab.run("p = take 3; reset");
    assertThat(lab.freePages()).isEqualTo(boot);
    assertThat(lab.run("take 2").get(0)).startsWith("$1 = ");
    assertThat(lab.run("$p").get(0)).startsWith("refused: $p names no value");
    lab.run("undo 2");
    assertThat(lab.run("$p.order")).containsExactly("3");
  }

  @Test
  void aLookingCommandUsesTheLastValueAndSaysWhich() {
    assertThat(lab.run("where"))
        .containsExactly(
            "refused: where takes [PAGE]: there is no page yet that could stand in for PAGE");
    lab.run("take 0; take 0");
    assertThat(lab.one("where").note()).isEqualTo("where: using $2");
  }

  @Test
  void theOppositeTurnsRefusedIntoSuccessAndBack() {
    assertThat(lab.one("! take 11").ok()).isTrue();
    Reply reply = lab.one("! take 1");
    assertThat(reply.status()).isEqualTo(Reply.ASSERT_FAILED);
    assertThat(reply.refusal().what()).isEqualTo("take 1 succeeded, but ! expects a refusal");
    assertThat(lab.run("! for x in 1: look"))
        .containsExactly("refused: ! goes with one command, not with a loop or a file");
  }

  @Test
  void aFailedAssertionShowsBothSides() {
    Reply reply = lab.one("assert free(Normal) == 12");
    assertThat(reply.status()).isEqualTo(Reply.ASSERT_FAILED);
    assertThat(reply.refusal().what())
        .isEqualTo(
            "free(Normal) == 12 does not hold: the left side is "
                + lab.freePages()
                + ", the right side 12");
  }

  @Test
  void echoWritesToProc() {
    lab.run("echo 4096 > /proc/sys/vm/x; echo 1 2 >/proc/y; echo 3>/z");
    assertThat(lab.written).containsExactly("/proc/sys/vm/x <- 4096", "/proc/y <- 1 2", "/z <- 3");
    assertThat(lab.run("echo 1 >"))
        .containsExactly("refused: > needs one path behind it; there are 0 words");
    assertThat(lab.run("echo '1 > 2'")).containsExactly("1 > 2");
  }

  @Test
  void aSourcedFileSaysWhereItsRefusalsStand(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("a.kmsh");
    Files.writeString(file, "#!/usr/bin/env kmemsh\necho one \\\n two\ntake 12\necho three\n");
    lab.interpreter.begin("source " + file + "; echo four");
    Reply first = lab.interpreter.next();
    Reply second = lab.interpreter.next();
    assertThat(first.place()).isEqualTo(file + ":2");
    assertThat(second.place()).isEqualTo(file + ":4");
    assertThat(second.status()).isEqualTo(Reply.REFUSED);
    assertThat(lab.interpreter.next().ok()).isTrue();
    assertThat(lab.interpreter.next().place()).isEmpty();
    assertThat(lab.interpreter.next()).isNull();
  }

  @Test
  void aFileThatSourcesItselfEnds(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("a.kmsh");
    Files.writeString(file, "source " + file + "\n");
    assertThat(lab.run("source " + file)).hasSize(1).first().asString().contains("more than 32");
    assertThat(lab.run("source " + directory).get(0)).contains("is a directory");
    assertThat(lab.run("source /no/such").get(0))
        .isEqualTo("refused: /no/such cannot be read: there is no such file or directory");
  }

  @Test
  void whatIsNoTextIsNeitherSourcedNorBooted(@TempDir Path directory) throws IOException {
    Path binary = Files.write(directory.resolve("b"), new byte[] {'e', 'c', 'h', 'o', 0, -1, -2});

    assertThat(lab.run("source " + binary))
        .containsExactly("refused: " + binary + " is no text: it holds a NUL byte");
    assertThatThrownBy(() -> MachineTexts.read(binary.toString()))
        .hasMessage(binary + " cannot be read as a machine: it is no text in UTF-8");
  }

  @Test
  void abandonDropsTheRestOfALoop() {
    lab.interpreter.begin("repeat 1000 look; echo never");
    lab.interpreter.next();
    lab.interpreter.abandon();
    assertThat(lab.interpreter.next()).isNull();
    assertThat(lab.run("look")).containsExactly("nothing");
  }

  @Test
  void anInterruptStopsALoopAndRollsARepeatBack() {
    lab.interpreter.begin("repeat 1000 look");
    lab.interpreter.next();
    Thread.currentThread().interrupt();
    assertThat(lab.interpreter.next().refusal().what()).startsWith("stopped");
    assertThat(lab.interpreter.next()).isNull();

    long before = lab.freePages();
    Thread.currentThread().interrupt();
    assertThat(lab.run("repeat 10000 take 0").get(0)).startsWith("refused: stopped after 0");
    assertThat(lab.freePages()).isEqualTo(before);
  }

  @Test
  void aLineOfTenMegabytesIsRefusedShortly() {
    Reply reply = lab.one("x".repeat(10_000_000));
    assertThat(reply.refusal().what()).hasSizeLessThan(120);
    assertThat(lab.run("echo " + "x ".repeat(1_000_000)).get(0)).contains("200000 words");
    assertThat(lab.run("assert " + "(".repeat(100_000)).get(0)).contains("inside each other");
    assertThat(lab.run("assert " + "!".repeat(100_000)).get(0)).contains("inside each other");
  }

  @Test
  void bytesThatAreNoTextAreRefusedReadably() {
    byte[] garbage = {0, 1, 2, (byte) 0xff, 27, '[', '3', '1', 'm'};
    Reply reply = lab.one(new String(garbage, StandardCharsets.ISO_8859_1));
    assertThat(reply.refusal().what()).startsWith("???").doesNotContain("\u001b");
  }

  @Test
  void savingAndLoadingGivesTheSameState(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("s.kmsh");
    lab.run("p = take 3; repeat 20 take 0; where $p; give $2[3]; take 5; undo; q = take 1");
    assertThat(lab.run("save " + file)).containsExactly(file + ": 7 lines written");
    assertThat(Files.readAllLines(file).subList(2, 7))
        .containsExactly("p = take 3", "repeat 20 take 0", "where $p", "give $2[3]", "q = take 1");
    long free = lab.freePages();
    List<String> before = lab.run("$p; $1; $3; $q; give $2[3]");
    lab.run("take 9; reset; take 1");
    assertThat(lab.run("load " + file)).containsExactly(file + ": 6 lines run");
    assertThat(lab.freePages()).isEqualTo(free);
    assertThat(lab.run("$p; $1; $3; $q; give $2[3]")).isEqualTo(before);
  }

  @Test
  void aFileThatCannotBeLoadedChangesNothing(@TempDir Path directory) throws IOException {
    lab.run("p = take 3");
    Path file = directory.resolve("s.kmsh");
    lab.run("save " + file);
    Files.writeString(file, Files.readString(file) + "take 2\ntake 99\n");
    long free = lab.freePages();
    assertThat(lab.run("load " + file))
        .containsExactly("refused: " + file + ":5: order 99 is not one of 0..10");
    assertThat(lab.freePages()).isEqualTo(free);
    assertThat(lab.values.count()).isEqualTo(1);
    assertThat(lab.run("$p.order; redo").get(1)).contains("there are none");
    Files.writeString(file, "take 1\n");
    assertThat(lab.run("load " + file).get(0)).contains("is no session");
  }

  @Test
  void whatCannotBeSavedLeavesTheOldFile(@TempDir Path directory) throws IOException {
    assertThat(lab.run("save " + directory).get(0)).contains("is a directory");
    assertThat(lab.run("save " + directory + "/no/x").get(0)).contains("cannot be written");
    assertThat(lab.run("save /dev/full").get(0)).contains("No space left");
    try (var files = Files.list(directory)) {
      assertThat(files).isEmpty();
    }
  }

  @Test
  void aLineThatGoesOnIsIncomplete() {
    assertThat(Interpreter.incomplete("echo 'a")).isTrue();
    assertThat(Interpreter.incomplete("echo a \\")).isTrue();
    assertThat(Interpreter.incomplete("echo a # \\")).isFalse();
    assertThat(Interpreter.incomplete("echo \"a\\\"\"")).isFalse();
    assertThat(lab.run("echo a \\\n b")).containsExactly("a b");
  }
}
