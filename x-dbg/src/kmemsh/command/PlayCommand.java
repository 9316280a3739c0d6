package kmemsh.command;

import kmemsh.op.Refused;
import kmemsh.session.Session;
import kmemsh.view.Echo;

/**
 * {@code play [N]}: the steps of an operation of the history, as pictures. In front of a command
 * {@code play} is a prefix, which the interpreter reads.
 */
final class PlayCommand extends Command {
  PlayCommand() {
    super(
        new Usage("play", CommandTable.WATCHING, "Show an operation step by step, in pictures")
            .raw()
            .rest("COMMAND", ArgKind.COMMAND, false, "what to run and show; or N, done before"));
  }

  @Override
  public Reply run(Arguments arguments) {
    Session session = arguments.session();
    if (session.size() == 0) {
      throw new Refused("nothing was done yet that could be played");
    }
    int n =
        arguments.text().isEmpty()
            ? Math.max(1, session.now())
            : number(arguments.text(), session.size());
    if (session.opAt(n) == null) {
      throw new Refused("operation " + n + " booted the machine: it has no steps to show");
    }
    Reply reply = Reply.of(new Echo(n + "  " + session.textAt(n)));
    reply.setFrames(new Player(session).frames(n));
    return reply;
  }

  private static int number(String text, int most) {
    try {
      int n = Integer.parseInt(text.strip());
      if (n >= 1 && n <= most) {
        return n;
      }
    } catch (NumberFormatException e) {
      // Said below: it is not one of the numbers.
    }
    throw new Refused(text.strip() + " is not one of 1.." + most + ", the operations so far");
  }
}
