package kmemsh.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WatchTest {
  private final TestLab lab = new TestLab();

  /** The commands that answered, in order. */
  private List<String> commands(String line) {
    List<String> commands = new ArrayList<>();
    lab.interpreter.begin(line);
    for (Reply reply = lab.interpreter.next(); reply != null; reply = lab.interpreter.next()) {
      commands.add(reply.command() + (reply.ok() ? "" : "!"));
    }
    return commands;
  }

  @Test
  void itLooksAtOnceAndAfterEachChange() {
    assertThat(commands("watch pcp")).containsExactly("pcp");
    assertThat(commands("alloc_pages 0; buddyinfo; alloc_pages 0"))
        .containsExactly("alloc_pages", "pcp", "buddyinfo", "alloc_pages", "pcp");
    assertThat(commands("undo")).containsExactly("undo", "pcp");
    assertThat(commands("for i in 1 2: alloc_pages 0"))
        .containsExactly("alloc_pages", "pcp", "alloc_pages", "pcp");
  }

  @Test
  void aRefusedCommandIsNoChange() {
    commands("watch pcp");
    assertThat(commands("alloc_pages 77")).containsExactly("alloc_pages!");
  }

  @Test
  void itLooksAtEveryNthOperationOnly() {
    commands("watch -n 3 pcp");
    assertThat(commands("for i in 1 2 3 4: alloc_pages 0"))
        .containsExactly("alloc_pages", "alloc_pages", "alloc_pages", "pcp", "alloc_pages");
  }

  @Test
  void offEndsItAndWhatChangesTheMachineCannotBeWatched() {
    commands("watch pcp");
    assertThat(commands("watch alloc_pages 3")).containsExactly("watch!");
    assertThat(commands("watch nonsense")).containsExactly("watch!");
    assertThat(commands("watch -n 0 pcp")).containsExactly("watch!");
    assertThat(commands("alloc_pages 0")).containsExactly("alloc_pages", "pcp");
    commands("watch off");
    assertThat(commands("alloc_pages 0")).containsExactly("alloc_pages");
  }
}
