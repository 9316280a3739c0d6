package kmemsh.shell;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TranscriptTest {
  private static final String SAME =
      """
      # Words come back.
      kmemsh> echo a
      a

      # So do refusals.
      kmemsh> assert 1 == 2
      failed: 1 == 2 does not hold: the left side is 1, the right side 2
      kmemsh> echo c \\
      > d
      c d
      """;

  @Test
  void aTranscriptIsWrittenAgainAsItWas() {
    Run run = Run.of(SAME);

    assertThat(run.out).isEqualTo(SAME);
    assertThat(run.err).isEmpty();
    assertThat(run.status).isZero();
  }

  @Test
  void anotherAnswerThanTheRecordedOneIsAnError() {
    Run run = Run.of("kmemsh> echo a\nb\n\n# rest\nkmemsh> echo c\nc\n");

    assertThat(run.out).isEqualTo("kmemsh> echo a\na\n\n# rest\nkmemsh> echo c\nc\n");
    assertThat(run.err).isEqualTo("<stdin>:2: the answer is not the one recorded; recorded: b\n");
    assertThat(run.status).isEqualTo(1);
  }

  @Test
  void aRecordedAnswerThatIsTooLongIsAnError() {
    Run run = Run.of("kmemsh> echo a\na\nb\n");

    assertThat(run.err)
        .isEqualTo("<stdin>:3: the answer is not the one recorded; only recorded: b\n");
    assertThat(run.status).isEqualTo(1);
  }

  @Test
  void anAnswerThatIsNotRecordedIsNotCompared() {
    assertThat(Run.of("kmemsh> echo a\nkmemsh> echo b\n").status).isZero();
    assertThat(Run.of("kmemsh> assert 1 == 2\n").status).isEqualTo(1);
  }

  @Test
  void anAnswerMayLookLikeAComment() {
    Run run = Run.of("kmemsh> echo '# a'\n# a\n");

    assertThat(run.out).isEqualTo("kmemsh> echo '# a'\n# a\n");
    assertThat(run.status).isZero();
  }
}
