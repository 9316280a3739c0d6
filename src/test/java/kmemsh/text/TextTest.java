package kmemsh.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TextTest {
  private final Text text = new Text();

  @Test
  void plainTextHasNoStyles() {
    assertThat(text.add("a").number(-5).plain()).isEqualTo("a-5");
    assertThat(text.nrChanges()).isZero();
  }

  @Test
  void aStyledPartRemembersWhereItBeginsAndEnds() {
    text.add("ab").add(Style.FREE, "cd").add("e");
    assertThat(text.nrChanges()).isEqualTo(2);
    assertThat(text.changeOffset(0)).isEqualTo(2);
    assertThat(text.styleOf(0)).isEqualTo(Style.FREE);
    assertThat(text.changeOffset(1)).isEqualTo(4);
    assertThat(text.styleOf(1)).isEqualTo(Style.PLAIN);
  }

  @Test
  void aTextAddedKeepsItsStyles() {
    Text part = new Text().add("x").add(Style.WRONG, "y").add("z");
    text.add("ab").add(part);
    assertThat(text.plain()).isEqualTo("abxyz");
    assertThat(text.changeOffset(0)).isEqualTo(3);
    assertThat(text.styleOf(0)).isEqualTo(Style.WRONG);
    assertThat(text.changeOffset(1)).isEqualTo(4);
  }

  @Test
  void numbersAreWrittenWithoutALocale() {
    assertThat(new Text().number(7, 4).number(12345, 3).plain()).isEqualTo("   712345");
    assertThat(new Text().grouped(1234567).add(' ').grouped(-1234).add(' ').grouped(999).plain())
        .isEqualTo("1,234,567 -1,234 999");
    assertThat(new Text().grouped(-123).grouped(1000, 7).plain()).isEqualTo("-123  1,000");
    assertThat(new Text().grouped(Long.MIN_VALUE).plain()).isEqualTo("-9,223,372,036,854,775,808");
    assertThat(Text.groupedColumns(Long.MIN_VALUE)).isEqualTo(26);
    assertThat(Text.groupedColumns(0) + Text.groupedColumns(1000)).isEqualTo(6);
    assertThat(new Text().grouped(-12_345, 100).plain()).isEqualTo(" ".repeat(93) + "-12,345");
    assertThat(new Text().hex(0).add(' ').hex(0x2f5b8).add(' ').hex(-1).plain())
        .isEqualTo("0x0 0x2f5b8 0xffffffffffffffff");
    assertThat(new Text().hexDigits(0xab, 8).plain()).isEqualTo("000000ab");
    assertThat(new Text().hexDigits(1, 20).plain()).isEqualTo("00000000000000000001");
  }

  @Test
  void aTrimmedLineLosesTheBlanksAtItsEndAndTheirStyles() {
    text.add("a ").add(Style.FREE, "b").blanks(3).style(Style.WRONG).blanks(2).trimmedLine();
    assertThat(text.add("c").plain()).isEqualTo("a b\nc");
    assertThat(text.nrChanges()).isEqualTo(2);
    assertThat(text.changeOffset(1)).isEqualTo(3);
    assertThat(text.styleOf(1)).isEqualTo(Style.WRONG);
    assertThat(new Text().add("a\n").blanks(2).trimmedLine().plain()).isEqualTo("a\n\n");
  }

  @Test
  void sizesUseTheLargestUnitThatDividesThem() {
    assertThat(new Text().size(0).add(',').size(100).add(',').size(32768).plain())
        .isEqualTo("0 B,100 B,32 KiB");
    assertThat(new Text().size(1 << 20).add(',').size(5L << 30).add(',').size(1L << 50).plain())
        .isEqualTo("1 MiB,5 GiB,1024 TiB");
  }

  @Test
  void clearingKeepsNothing() {
    text.add(Style.FREE, "a").clear();
    text.add("b");
    assertThat(text.plain()).isEqualTo("b");
    assertThat(text.nrChanges()).isZero();
  }

  @Test
  void aTableAlignsItsColumnsWithoutBlanksAtLineEnds() {
    new Table("lrl").row("a", "1", "x").row("bcd", "200", "").row("e").render(text, "  ");
    assertThat(text.plain()).isEqualTo("  a      1  x\n  bcd  200\n  e\n");
  }
}
