package kmemsh.command;

import kmemsh.lang.Values;
import kmemsh.machine.Profile;
import kmemsh.session.Session;

/**
 * A session of its own beside the one at the prompt, for what runs lines and then is thrown away.
 */
final class FreshLab {
  private FreshLab() {}

  /** The interpreter of a machine just booted from {@code hardware}. */
  static Interpreter of(Profile hardware) {
    Session session = new Session(hardware);
    Lab lab = new Lab(session, new Values(), null, null);
    return new Interpreter(lab, new CommandTable(lab));
  }
}
