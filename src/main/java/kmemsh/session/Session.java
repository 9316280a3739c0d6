package kmemsh.session;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;
import kmemsh.machine.Checkpoint;
import kmemsh.machine.Machine;
import kmemsh.machine.Profile;
import kmemsh.op.ListOp;
import kmemsh.op.Op;
import kmemsh.op.Refused;
import kmemsh.trace.Trace;
import kmemsh.view.MachineNames;

/**
 * A machine and its history. Going back restores the nearest checkpoint and runs what lies between
 * it and the wanted moment again, so the model itself records nothing.
 *
 * <p>The history is a list of entries, each an {@link Op} or, for a reboot, a {@link Profile}, with
 * the line it came from. Entry {@code i} leads from moment {@code i - 1} to moment {@code i};
 * moment 0 is the first boot. After {@code undo} the entries behind {@link #now} can be redone
 * until something new is run.
 */
public final class Session {
  private static final int MAX_ATTEMPTS = 1000;

  private final Machine machine;
  private Object[] entries = new Object[64];
  private final TextLog texts = new TextLog();
  private int size;
  private int now;
  private long cuts;

  /** What moment 0 is when no checkpoint holds it, else null. */
  private final Profile firstBoot;

  /** Null as long as moment 0 is the only one, and a boot leads there. */
  private Checkpoints checkpoints;

  private final List<Integer> reboots = new ArrayList<>(0);
  private final Notes notes = new Notes();
  private final TypedLines typed = new TypedLines();

  /** Null until the first mark is set. */
  private Marks marks;

  private String line = "";
  private int lineStart;
  private int lineEnd;

  /** Starts the history of a machine as it is now. */
  public Session(Machine machine) {
    this.machine = machine;
    firstBoot = null;
    checkpoints = new Checkpoints(machine.checkpoint());
  }

  /** Boots {@code hardware} and starts its history: the way back to its beginning is to boot. */
  public Session(Profile hardware) {
    machine = new Machine(hardware);
    firstBoot = hardware;
  }

  /** Says which text the entries made from now on come from: {@code text[start, end)}. */
  public void from(String text, int start, int end) {
    line = text;
    lineStart = start;
    lineEnd = end;
  }

  /**
   * Runs {@code op} and forgets whatever was undone before.
   *
   * @return what {@link Op#run} gives
   * @throws Refused when the operation refuses; the state is the one before, as after any throwable
   */
  public long run(Op op) {
    op.check(machine);
    long result;
    try {
      machine.beginOperation(sinceBoot(now + 1));
      result = op.run(machine);
    } catch (Throwable thrown) {
      goTo(now);
      throw thrown;
    }
    append(op);
    return result;
  }

  /** Like {@link #run}, for an operation with several results. */
  public long[] runAll(ListOp op) {
    op.check(machine);
    long[] results;
    try {
      machine.beginOperation(sinceBoot(now + 1));
      results = op.runAll(machine);
    } catch (Throwable thrown) {
      goTo(now);
      throw thrown;
    }
    append(op);
    return results;
  }

  /** Starts again on other hardware; one entry of the history, so it can be undone. */
  public void reboot(Profile hardware) {
    try {
      machine.boot(hardware);
    } catch (Throwable thrown) {
      goTo(now);
      throw thrown;
    }
    append(hardware);
  }

  /** Starts again on the same hardware; one entry of the history, so it can be undone. */
  public void reset() {
    reboot(machine.profile());
  }

  /**
   * Remembers a line that changed nothing but gave a value, so that saving keeps it. What was
   * undone is forgotten.
   */
  public void remember() {
    cutTail();
    notes.add(now, lineText());
  }

  /** How many entries there are from the last boot to {@code entry}: time begins with a boot. */
  private int sinceBoot(int entry) {
    int i = reboots.size() - 1;
    while (i >= 0 && reboots.get(i) >= entry) {
      i--;
    }
    return i < 0 ? entry : entry - reboots.get(i);
  }

  private void append(Object entry) {
    cutTail();
    if (size == entries.length) {
      entries = Arrays.copyOf(entries, 2 * size);
    }
    entries[size] = entry;
    texts.add(line, lineStart, lineEnd);
    size++;
    now = size;
    if (entry instanceof Profile) {
      reboots.add(now);
    }
    if ((now >= Checkpoints.FIRST_SPACING && checkpoints().isDue(now))
        || entry instanceof Profile) {
      checkpoints().add(now, machine.checkpoint());
    }
  }

  private String lineText() {
    return lineStart == 0 && lineEnd == line.length() ? line : line.substring(lineStart, lineEnd);
  }

  private void cutTail() {
    if (now == size) {
      return;
    }
    Arrays.fill(entries, now, size, null);
    texts.cut(now);
    size = now;
    checkpoints().cut(now);
    while (!reboots.isEmpty() && reboots.get(reboots.size() - 1) > now) {
      reboots.remove(reboots.size() - 1);
    }
    notes.cut(now);
    if (marks != null) {
      marks.cut(now);
    }
    cuts++;
  }

  /**
   * Goes to the moment after the first {@code count} entries.
   *
   * @throws IllegalArgumentException when {@code count} is not one of 0..{@link #size}
   */
  public void goTo(int count) {
    if (count < 0 || count > size) {
      throw new IllegalArgumentException("moment " + count + " is not one of 0.." + size);
    }
    for (int attempt = 1; ; attempt++) {
      try {
        restoreAndRun(count);
        now = count;
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
      now = count;
    } catch (Refused interrupted) {
      machine.restore(here);
      throw new Refused("stopped on the way to operation " + count + "; still at " + now);
    }
  }

  private void restoreAndRun(int count) {
    int nearest = checkpoints().nearest(count);
    Trace trace = machine.trace();
    machine.setTrace(Trace.OFF);
    try {
      putBack(checkpoints.at(nearest));
      for (int i = checkpoints.moment(nearest); i < count; i++) {
        rerun(i);
      }
    } finally {
      machine.setTrace(trace);
    }
  }

  private Checkpoints checkpoints() {
    if (checkpoints == null) {
      checkpoints = new Checkpoints(null);
    }
    return checkpoints;
  }

  private void putBack(Checkpoint checkpoint) {
    if (checkpoint == null) {
      machine.boot(firstBoot);
    } else {
      machine.restore(checkpoint);
    }
  }

  /**
   * From now on the machine's memory has contents, and has had them from the beginning: everything
   * so far is run again with them. Costs nothing the second time.
   *
   * @throws Refused when a Ctrl-C stops it; memory is without contents then, as before
   */
  public void reveal() {
    if (machine.isVivid()) {
      return;
    }
    Checkpoint here = machine.checkpoint();
    Checkpoints before = checkpoints();
    Trace trace = machine.trace();
    machine.setTrace(Trace.OFF);
    machine.setVivid(true);
    try {
      runFromTheBeginning(before.at(0));
    } catch (Refused interrupted) {
      checkpoints = before;
      machine.setVivid(false);
      machine.restore(here);
      throw new Refused("stopped while the history ran again to fill memory; nothing changed");
    } finally {
      machine.setTrace(trace);
    }
  }

  /** Runs every entry up to the present, keeping checkpoints on the way. */
  private void runFromTheBeginning(Checkpoint first) {
    int present = now;
    now = 0;
    try {
      putBack(first);
      checkpoints = new Checkpoints(machine.checkpoint());
      while (now < present) {
        rerun(now++);
        if (checkpoints.isDue(now) || entries[now - 1] instanceof Profile) {
          checkpoints.add(now, machine.checkpoint());
        }
      }
    } finally {
      now = present;
    }
  }

  private void rerun(int moment) {
    Object entry = entries[moment];
    if (entry instanceof Profile hardware) {
      machine.boot(hardware);
    } else {
      machine.beginOperation(sinceBoot(moment + 1));
      ((Op) entry).run(machine);
    }
  }

  /**
   * Goes back {@code n} entries.
   *
   * @throws Refused when there are not so many
   */
  public void undo(long n) {
    if (n < 1 || n > now) {
      throw new Refused(cannot(n, "undone", now));
    }
    move(now - (int) n);
  }

  /**
   * Goes forward {@code n} entries that were undone.
   *
   * @throws Refused when there are not so many
   */
  public void redo(long n) {
    if (n < 1 || n > size - now) {
      throw new Refused(cannot(n, "redone", size - now));
    }
    move(now + (int) n);
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

  /**
   * Runs entry {@code i} of the history again from the moment before it, stating its facts to
   * {@code sink}, and comes back to the present.
   *
   * @param i one of 1..{@link #size}; a reboot states nothing
   * @return what the zones of the machine of that moment are called
   */
  public MachineNames factsOf(int i, Trace sink) {
    Checkpoint here = machine.checkpoint();
    Trace before = machine.trace();
    try {
      restoreAndRun(i - 1);
      machine.setTrace(sink);
      if (entries[i - 1] instanceof Op op) {
        machine.beginOperation(sinceBoot(i));
        op.run(machine);
      }
      return machine.procQueries().machineNames();
    } catch (Refused interrupted) {
      throw new Refused("stopped on the way to operation " + i + "; still at " + now);
    } finally {
      machine.setTrace(before);
      machine.restore(here);
    }
  }

  /**
   * Runs the entries behind {@code from} again up to the present, stating their facts to {@code
   * sink}. The present comes back whatever happens.
   *
   * @param from a moment, 0..{@link #now}
   * @param starts is told the number of each entry before its facts
   */
  public void factsSince(int from, Trace sink, IntConsumer starts) {
    int present = now;
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

  /** The number of entries that led to the present state. */
  public int now() {
    return now;
  }

  /** The number of entries, those that were undone included. */
  public int size() {
    return size;
  }

  /** How often undone entries were forgotten because something new was run. */
  public long cuts() {
    return cuts;
  }

  /** The operation of entry {@code i}, 1..{@link #size}, or null when it is a reboot. */
  public Op opAt(int i) {
    return entries[i - 1] instanceof Op op ? op : null;
  }

  /** The line of entry {@code i}, 1..{@link #size}. */
  public String textAt(int i) {
    return texts.get(i - 1);
  }

  /** The last entry up to now that is a reboot, 0 when there is none. */
  public int lastReboot() {
    int i = reboots.size() - 1;
    while (i >= 0 && reboots.get(i) > now) {
      i--;
    }
    return i < 0 ? 0 : reboots.get(i);
  }

  /** Forgets the entries that were undone. */
  public void forgetUndone() {
    cutTail();
  }

  /** The lines that only gave values. */
  Notes notes() {
    return notes;
  }

  /** The lines that were typed so far. */
  public TypedLines typed() {
    return typed;
  }

  /** The hardware of moment 0. */
  public Profile firstHardware() {
    Checkpoint first = checkpoints().at(0);
    return first == null ? firstBoot : first.profile();
  }

  /** The moments that have a name. */
  public Marks marks() {
    if (marks == null) {
      marks = new Marks();
    }
    return marks;
  }

  /**
   * A number that changes whenever something that saving keeps does: the history, the present
   * moment, a mark.
   */
  public long version() {
    long ofMarks = marks == null ? 0 : marks.changes();
    return ofMarks << 52 ^ cuts << 40 ^ (long) size << 20 ^ now;
  }

  /**
   * Goes to the moment after the first {@code count} entries; a Ctrl-C on the way stops it where it
   * began.
   *
   * @throws Refused when there are not so many
   */
  public void jump(int count) {
    if (count < 0 || count > size) {
      throw new Refused("moment " + count + " is not one of 0.." + size);
    }
    move(count);
  }

  // For a walk through the history that comes back: see TimeWalk.

  void stand(int moment) {
    restoreAndRun(moment);
    now = moment;
  }

  void advance() {
    rerun(now);
    now++;
  }

  void comeBack(Checkpoint here, int present) {
    machine.restore(here);
    now = present;
  }

  /** The last moment before {@code moment} from which running forward is cheap. */
  int stretchBefore(int moment) {
    return checkpoints().moment(checkpoints().nearest(moment - 1));
  }

  public Machine machine() {
    return machine;
  }
}
