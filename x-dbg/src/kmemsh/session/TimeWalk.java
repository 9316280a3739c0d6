package kmemsh.session;

import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import kmemsh.machine.Checkpoint;
import kmemsh.op.Refused;
import kmemsh.trace.Trace;

/** Looks at other moments of a history and comes back to the present one. */
public final class TimeWalk {
  private final Session session;

  public TimeWalk(Session session) {
    this.session = session;
  }

  /**
   * What {@code look} sees at {@code moment}.
   *
   * @throws Refused when a Ctrl-C stops it on the way
   */
  public <T> T at(int moment, Supplier<T> look) {
    return away(
        () -> {
          session.stand(moment);
          return look.get();
        });
  }

  /**
   * Looks at several moments, running forward from one to the next.
   *
   * @param moments ascending
   * @param look is told the index of each moment while the session stands there
   */
  public void each(int[] moments, IntConsumer look) {
    away(
        () -> {
          for (int i = 0; i < moments.length; i++) {
            if (i == 0) {
              session.stand(moments[0]);
            }
            while (session.now() < moments[i]) {
              session.advance();
            }
            look.accept(i);
          }
          return null;
        });
  }

  /**
   * The last moment before the present one at which {@code holds} is true, or -1.
   *
   * <p>It runs forward from one checkpoint to the next, the last stretch first, so every entry is
   * run at most once.
   */
  public int lastBefore(BooleanSupplier holds) {
    return away(
        () -> {
          int end = session.now();
          int found = -1;
          while (found < 0 && end > 0) {
            int start = session.stretchBefore(end);
            session.stand(start);
            found = holds.getAsBoolean() ? start : -1;
            for (int moment = start + 1; moment < end; moment++) {
              session.advance();
              found = holds.getAsBoolean() ? moment : found;
            }
            end = start;
          }
          return found;
        });
  }

  /** The first moment after the present one at which {@code holds} is true, or -1. */
  public int firstAfter(BooleanSupplier holds) {
    return away(
        () -> {
          while (session.now() < session.size()) {
            session.advance();
            if (holds.getAsBoolean()) {
              return session.now();
            }
          }
          return -1;
        });
  }

  private <T> T away(Supplier<T> walk) {
    Checkpoint here = session.machine().checkpoint();
    int present = session.now();
    Trace trace = session.machine().trace();
    session.machine().setTrace(Trace.OFF);
    try {
      return walk.get();
    } catch (Refused interrupted) {
      throw new Refused("stopped on the way through the history; still at " + present);
    } finally {
      session.comeBack(here, present);
      session.machine().setTrace(trace);
    }
  }
}
