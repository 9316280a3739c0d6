package kmemsh.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import kmemsh.command.CommandTable;
import kmemsh.command.Interpreter;
import kmemsh.command.Lab;
import kmemsh.command.Reply;
import kmemsh.lang.Values;
import kmemsh.machine.Machine;
import kmemsh.machine.MachineOptions;
import kmemsh.machine.Profiles;
import kmemsh.session.Session;

/**
 * Any text gives replies; nothing is thrown. A normal test run replays the findings in {@code
 * src/test/resources/kmemsh/fuzz}; the README tells how to look for more.
 */
class LineFuzzTest {
  private static final int MOST_REPLIES = 1000;

  @FuzzTest
  void anyLineGivesReplies(byte[] input) {
    String text = new String(input, StandardCharsets.UTF_8);
    if (touchesFiles(text)) {
      return;
    }
    Session session =
        new Session(
            new Machine(Profiles.make(new MachineOptions("i386", "", 64L << 20, 0, 0, ""))));
    Values values = new Values();
    Lab lab = new Lab(session, values, null, null);
    Interpreter interpreter = new Interpreter(lab, new CommandTable(lab));
    int replies = 0;
    for (String line : text.split("\n", -1)) {
      interpreter.begin(line);
      Reply reply = interpreter.next();
      while (reply != null && replies++ < MOST_REPLIES) {
        check(reply);
        reply = interpreter.next();
      }
      interpreter.abandon();
    }
  }

  private static void check(Reply reply) {
    if (!reply.ok() && reply.refusal().what().isEmpty()) {
      throw new AssertionError("a refusal without a reason");
    }
  }

  /** These would write to or read from the disk of whoever runs the fuzzer, or take very long. */
  private static boolean touchesFiles(String text) {
    return text.contains("save")
        || text.contains("load")
        || text.contains("source")
        || text.contains("replay")
        || text.contains("export")
        || text.contains("lesson")
        || text.contains("reboot")
        || text.contains("repeat");
  }
}
