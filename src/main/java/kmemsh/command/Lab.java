package kmemsh.command;

import java.util.function.Supplier;
import kmemsh.lang.Values;
import kmemsh.session.Session;

/**
 * What commands work on: the session, the kept values, and how the machine answers.
 *
 * @param session the machine and its history
 * @param values {@code $1}, {@code $p}
 * @param procWriter where {@code echo > PATH} writes; null when there are no files
 * @param paths the names under /proc and /sys; null when there are none
 */
public record Lab(Session session, Values values, ProcWriter procWriter, PathLister paths)
    implements Supplier<SessionFacts> {

  /** Answers about the machine of the moment, made for who asks. */
  public SessionFacts facts() {
    return new SessionFacts(session);
  }

  @Override
  public SessionFacts get() {
    return facts();
  }
}
