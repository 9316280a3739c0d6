package kmemsh.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import kmemsh.command.CommandTable;
import org.junit.jupiter.api.Test;

/** {@code -Dman.update=true} writes the page anew. */
class ManPageTest {
  private static final Path FILE = Path.of("man/kmemsh.1");

  private final CommandTable table;

  ManPageTest() throws UsageError {
    table = new Start(Options.parse(new String[0])).table();
  }

  @Test
  void theManPageIsUpToDate() throws IOException {
    String page = ManPage.of(table);
    if (Boolean.getBoolean("man.update")) {
      Files.writeString(FILE, page);
    }

    assertThat(FILE).hasContent(page);
  }

  @Test
  void everyCommandAndEveryOptionIsInTheManPage() {
    String page = ManPage.of(table);

    for (String name : table.names()) {
      assertThat(page).contains("\n\\fB" + name.replace("-", "\\-") + "\\fR");
    }
    for (ProgramOption option : ProgramOption.ALL) {
      assertThat(page).contains(option.name().replace("-", "\\-"));
    }
  }
}
