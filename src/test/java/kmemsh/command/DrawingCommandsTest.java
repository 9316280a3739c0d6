package kmemsh.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import kmemsh.text.Text;
import kmemsh.view.Plot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;

class DrawingCommandsTest {
  @TempDir Path directory;
  private final TestLab lab = new TestLab();

  private Path file(String name) {
    return directory.resolve(name);
  }

  private Document svg(String line, String name) throws Exception {
    assertThat(lab.one(line + " --svg " + file(name)).ok()).as(line).isTrue();
    return parse(Files.readString(file(name)));
  }

  private static Document parse(String xml) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
    return factory
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void aPlotHoldsTheNumbersOfEveryMomentAndThePresentStays() {
    List<Long> free = new ArrayList<>();
    free.add(lab.lab.facts().zonePages("Normal", "free"));
    for (int i = 0; i < 6; i++) {
      lab.one("alloc_pages " + i);
      free.add(lab.lab.facts().zonePages("Normal", "free"));
    }
    Plot plot = (Plot) lab.one("plot pages(Normal).free $3.order").record();

    assertThat(plot.moments()).containsExactly(0, 1, 2, 3, 4, 5, 6);
    assertThat(plot.series().get(0).values()).containsExactly(unboxed(free));
    assertThat(plot.series().get(1).values())
        .containsExactly(Plot.NONE, Plot.NONE, Plot.NONE, 2, 2, 2, 2);
    assertThat(lab.session.now()).isEqualTo(6);
    assertThat(lab.one("assert $6.order == 5").ok()).isTrue();
  }

  private static long[] unboxed(List<Long> list) {
    return list.stream().mapToLong(Long::longValue).toArray();
  }

  @Test
  void aNumberThatNeverMeansAnythingIsRefused() {
    lab.one("alloc_pages 3");

    assertThat(lab.one("plot free(Bogus)").refusal().what()).contains("Bogus is no zone");
  }

  @Test
  void aLongHistoryIsLookedAtInSoManyPlacesThatTheChartFits() {
    for (int i = 0; i < 700; i++) {
      lab.one("alloc_pages 0");
    }
    Reply reply = lab.one("plot free");
    Text text = new Text();
    ReplyText.write(reply, text, 80);

    assertThat(((Plot) reply.record()).moments()).hasSize(240).startsWith(0).endsWith(700);
    assertThat(text.plain().lines()).allMatch(line -> line.length() <= 80);
    assertThat(text.plain()).contains("700 operations");
  }

  @Test
  void picturesAreWellFormedAndTheSameEachTime() throws Exception {
    lab.one("alloc_pages 3");
    lab.one("kmalloc 100");

    for (String what : List.of("plot free slabs", "render memmap", "render freelists Normal")) {
      assertThat(svg(what, "one.svg").getDocumentElement().getTagName()).isEqualTo("svg");
      svg(what, "two.svg");
      assertThat(file("one.svg")).hasSameTextualContentAs(file("two.svg"));
    }
  }

  @Test
  void theMapChangesWhenMemoryDoes() throws Exception {
    svg("render memmap", "before.svg");
    lab.one("alloc_pages 10");
    svg("render memmap", "after.svg");

    assertThat(Files.readString(file("after.svg")))
        .isNotEqualTo(Files.readString(file("before.svg")));
  }

  @Test
  void theReportIsOnePageWithTheSessionInIt() throws IOException {
    lab.one("alloc_pages 3");
    lab.one("echo '<b> & \"c\"'");
    assertThat(lab.one("report " + file("r.html")).ok()).isTrue();
    String page = Files.readString(file("r.html"));

    assertThat(page).startsWith("<!DOCTYPE html>").endsWith("</html>\n");
    assertThat(page).contains("kmemsh&gt; alloc_pages 3", "$1 = page pfn", "&lt;b&gt; &amp; ");
    assertThat(page).doesNotContain("<b>", "<script", "href=\"http");
    assertThat(page.split("<svg", -1)).hasSize(4);
  }

  @Test
  void whatStandsInFrontOfReportOnItsLineIsReportedToo() throws IOException {
    lab.run("alloc_pages 3; echo 'one; two'; report " + file("r.html"));
    String page = Files.readString(file("r.html"));

    assertThat(page)
        .contains("kmemsh&gt; alloc_pages 3; echo &#39;one; two&#39;".replace("&#39;", "'"));
    assertThat(page).contains("$1 = page pfn");
  }

  @Test
  void nothingIsWrittenWhenTheFileIsNotGivenOrCannotBe() {
    assertThat(lab.one("render memmap").refusal().what()).contains("not given");
    assertThat(lab.one("render cake --svg " + file("x")).refusal().what()).contains("cake");
    assertThat(lab.one("plot free --svg " + directory).refusal().what()).contains("is a directory");
    assertThat(file("x")).doesNotExist();
  }
}
