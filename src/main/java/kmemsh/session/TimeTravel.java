package kmemsh.session;

import java.util.function.IntConsumer;
import kmemsh.machine.Checkpoint;
import kmemsh.machine.Machine;
import kmemsh.machine.Profile;
import kmemsh.op.Op;
import kmemsh.op.Refused;
import kmemsh.trace.Trace;
import kmemsh.view.MachineNames;

/** Goes to other moments of a session's history, and runs parts of it again. */
final class TimeTravel {
  private static final int MAX_ATTEMPTS = 1000;

  private final Session session;
  private final Machine machine;

  TimeTravel(Session session) {
    this.session = session;
    machine = session.machine();
  }

  /** See {@link Session#goTo}. */
  void goTo(int count) {
    if (count < 0 || count > session.size()) {
      throw new IllegalArgumentException("moment " + count + " is not one of 0.." + session.size());
    }
    for (int attempt = 1; ; attempt++) {
      try {
        restoreAndRun(count);
        session.now = count;
        return;
      } catch (Refused interrupted) {
        // Only a Ctrl-C can stop an operation that ran before.
        if (attempt == MAX_ATTEMPTS) {
          throw interrupted;
        }
      }
    }
  }

  /** Like {@link #goTo}, but a Ctrl-C on the way stops it, at the moment where it began. */
  private void move(int count) {
    Checkpoint here = machine.checkpoint();
    try {
      restoreAndRun(count);
      session.now = count;
    } catch (Refused interrupted) {
      machine.restore(here);
      throw new Refused("stopped on the way to operation " + count + "; still at " + session.now);
    }
  }

  private void restoreAndRun(int count) {
    int nearest = session.checkpoints().nearest(count);
    Trace trace = machine.trace();
    machine.setTrace(Trace.OFF);
    try {
      putBack(session.checkpoints.at(nearest));
      for (int i = session.checkpoints.moment(nearest); i < count; i++) {
        rerun(i);
      }
    } finally {
      machine.setTrace(trace);
    }
  }

  private void putBack(Checkpoint checkpoint) {
    if (checkpoint == null) {
      machine.boot(session.firstBoot);
    } else {
      machine.restore(checkpoint);
    }
  }

  /** See {@link Session#reveal}. */
  void reveal() {
    if (machine.isVivid()) {
      return;
    }
    Checkpoint here = machine.checkpoint();
    Checkpoints before = session.checkpoints();
    Trace trace = machine.trace();
    machine.setTrace(Trace.OFF);
    machine.setVivid(true);
    try {
      runFromTheBeginning(before.at(0));
    } catch (Refused interrupted) {
      session.checkpoints = before;
      machine.setVivid(false);
      machine.restore(here);
      throw new Refused("stopped while the history ran again to fill memory; nothing changed");
    } finally {
      machine.setTrace(trace);
    }
  }

  /** Runs every entry up to the present, keeping checkpoints on the way. */
  private void runFromTheBeginning(Checkpoint first) {
    int present = session.now;
    session.now = 0;
    try {
      putBack(first);
      session.checkpoints = new Checkpoints(machine.checkpoint());
      while (session.now < present) {
        rerun(session.now++);
        if (session.checkpoints.isDue(session.now)
            || session.entries[session.now - 1] instanceof Profile) {
          session.checkpoints.add(session.now, machine.checkpoint());
        }
      }
    } finally {
      session.now = present;
    }
  }

  private void rerun(int moment) {
    Object entry = session.entries[moment];
    if (entry instanceof Profile hardware) {
      machine.boot(hardware);
    } else {
      machine.beginOperation(session.sinceBoot(moment + 1));
      ((Op) entry).run(machine);
    }
  }

  /** See {@link Session#undo}. */
  void undo(long n) {
    if (n < 1 || n > session.now) {
      throw new Refused(cannot(n, "undone", session.now));
    }
    move(session.now - (int) n);
  }

  /** See {@link Session#redo}. */
  void redo(long n) {
    if (n < 1 || n > session.size() - session.now) {
      throw new Refused(cannot(n, "redone", session.size() - session.now));
    }
    move(session.now + (int) n);
  }

  private static String cannot(long n, String what, int possible) {
    if (n < 1) {
      return n + " operations cannot be " + what + ": say 1 or more";
    }
    return operations(n)
        + " cannot be "
        + what
        + ": there "
        + (possible == 1 ? "is " : "are ")
        + (possible == 0 ? "none" : "only " + possible);
  }

  private static String operations(long n) {
    return n == 1 ? "1 operation" : n + " operations";
  }

  /** See {@link Session#factsOf}. */
  MachineNames factsOf(int i, Trace sink) {
    Checkpoint here = machine.checkpoint();
    Trace before = machine.trace();
    try {
      restoreAndRun(i - 1);
      machine.setTrace(sink);
      if (session.entries[i - 1] instanceof Op op) {
        machine.beginOperation(session.sinceBoot(i));
        op.run(machine);
      }
      return machine.procQueries().machineNames();
    } catch (Refused interrupted) {
      throw new Refused("stopped on the way to operation " + i + "; still at " + session.now);
    } finally {
      machine.setTrace(before);
      machine.restore(here);
    }
  }

  /** See {@link Session#factsSince}. */
  void factsSince(int from, Trace sink, IntConsumer starts) {
    int present = session.now;
    Trace before = machine.trace();
    try {
      goTo(from);
      machine.setTrace(sink);
      for (int i = from; i < present; i++) {
        starts.accept(i + 1);
        rerun(i);
      }
    } finally {
      machine.setTrace(before);
      goTo(present);
    }
  }

  /** See {@link Session#jump}. */
  void jump(int count) {
    if (count < 0 || count > session.size()) {
      throw new Refused("moment " + count + " is not one of 0.." + session.size());
    }
    move(count);
  }

  void stand(int moment) {
    restoreAndRun(moment);
    session.now = moment;
  }

  void advance() {
    rerun(session.now);
    session.now++;
  }
}
