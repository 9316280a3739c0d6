package kmemsh.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import kmemsh.render.Renderers;
import kmemsh.text.Text;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What there is to see of addresses and of the history, on narrow and on wide screens. */
class AddressPicturesTest {
  private static final String[] LOOKS = {
    "layout",
    "vmallocinfo",
    "pgd",
    "pkmap",
    "pkmap --all",
    "fixmap",
    "vmap $big",
    "vmap $few",
    "vtop $few",
    "dma $few 8192",
    "dma $big 1M",
    "kmem -v",
    "dash",
    "diff 0",
    "diff",
    "plot free largest slabs",
    "play",
    "play 2"
  };

  private static final String MAPPED =
      "few = vmalloc 12K; big = vmalloc 800K; ioremap 0xfec00000 4096";
  private static final String MORE =
      "for i in 1 2 3 4 5: vmalloc 20000; h = alloc_page GFP_HIGHUSER; kmap $h; kmalloc 100;"
          + " alloc_pages 3";

  @ParameterizedTest
  @CsvSource({
    "i386,40",
    "i386,80",
    "i386,200",
    "x86_64,40",
    "x86_64,80",
    "x86_64,200",
    "i386 --pae --mem 8G,40",
    "i386 --pae --mem 8G,80",
    "x86_64 --mem 1T --cpus 8 --nodes 4,40"
  })
  void everyLineOfEveryPictureFitsTheScreen(String machine, int columns) {
    TestLab lab = new TestLab();
    for (String line : new String[] {"reboot --machine " + machine, MAPPED, "mark here", MORE}) {
      records(lab, line);
    }
    for (String look : LOOKS) {
      for (Object record : records(lab, look)) {
        Text text = new Text();
        Renderers.render(record, text, columns);
        for (String line : text.plain().split("\n", -1)) {
          assertThat(line.length()).as(look + ": " + line).isLessThanOrEqualTo(columns);
          assertThat(line).as(look).isEqualTo(line.stripTrailing());
          assertThat(line.chars()).as(look + ": " + line).allMatch(c -> c >= ' ' && c <= '~');
        }
      }
    }
  }

  private static List<Object> records(TestLab lab, String line) {
    List<Object> records = new ArrayList<>();
    lab.interpreter.begin(line);
    for (Reply reply = lab.interpreter.next(); reply != null; reply = lab.interpreter.next()) {
      assertThat(reply.ok()).as(line + ": " + reply.refusal()).isTrue();
      records.add(reply.record());
      records.addAll(reply.frames());
    }
    assertThat(records).as(line).isNotEmpty();
    return records;
  }
}
