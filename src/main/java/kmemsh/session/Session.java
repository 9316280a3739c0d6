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
  private final Machine machine;
  Object[] entries = new Object[64];
  private final TextLog texts = new TextLog();
  private int size;
  int now;
  private long cuts;

  /** What moment 0 is when no checkpoint holds it, else null. */
  final Profile firstBoot;

  /** Null as long as moment 0 is the only one, and a boot leads there. */
  Checkpoints checkpoints;

  private final List<Integer> reboots = new ArrayList<>(0);

  /** Null as long as no line only gave a value. */
  private Notes notes;

  private final TypedLines typed = new TypedLines();

  /** Null as long as nobody left the present. */
  private TimeTravel travel;

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
    this(hardware, false);
  }

  /** The same for a machine that may be {@code brief}, see {@link Machine}. */
  public Session(Profile hardware, boolean brief) {
    machine = new Machine(hardware, brief);
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
    notes().add(now, lineText());
  }

  /** How many entries there are from the last boot to {@code entry}: time begins with a boot. */
  int sinceBoot(int entry) {
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
    if (notes != null) {
      notes.cut(now);
    }
    if (marks != null) {
      marks.cut(now);
    }
    cuts++;
  }

  Checkpoints checkpoints() {
    if (checkpoints == null) {
      checkpoints = new Checkpoints(null);
    }
    return checkpoints;
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
    if (notes == null) {
      notes = new Notes();
    }
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

  // Going back and forth.

  /**
   * Goes to the moment after the first {@code count} entries.
   *
   * @throws IllegalArgumentException when {@code count} is not one of 0..{@link #size}
   */
  public void goTo(int count) {
    travel().goTo(count);
  }

  /**
   * From now on the machine's memory has contents, and has had them from the beginning: everything
   * so far is run again with them. Costs nothing the second time.
   *
   * @throws Refused when a Ctrl-C stops it; memory is without contents then, as before
   */
  public void reveal() {
    travel().reveal();
  }

  /**
   * Goes back {@code n} entries.
   *
   * @throws Refused when there are not so many
   */
  public void undo(long n) {
    travel().undo(n);
  }

  /**
   * Goes forward {@code n} entries that were undone.
   *
   * @throws Refused when there are not so many
   */
  public void redo(long n) {
    travel().redo(n);
  }

  /**
   * Runs entry {@code i} of the history again from the moment before it, stating its facts to
   * {@code sink}, and comes back to the present.
   *
   * @param i one of 1..{@link #size}; a reboot states nothing
   * @return what the zones of the machine of that moment are called
   */
  public MachineNames factsOf(int i, Trace sink) {
    return travel().factsOf(i, sink);
  }

  /**
   * Runs the entries behind {@code from} again up to the present, stating their facts to {@code
   * sink}. The present comes back whatever happens.
   *
   * @param from a moment, 0..{@link #now}
   * @param starts is told the number of each entry before its facts
   */
  public void factsSince(int from, Trace sink, IntConsumer starts) {
    travel().factsSince(from, sink, starts);
  }

  /**
   * Goes to the moment after the first {@code count} entries; a Ctrl-C on the way stops it where it
   * began.
   *
   * @throws Refused when there are not so many
   */
  public void jump(int count) {
    travel().jump(count);
  }

  // For a walk through the history that comes back: see TimeWalk.

  void stand(int moment) {
    travel().stand(moment);
  }

  void advance() {
    travel().advance();
  }

  void comeBack(Checkpoint here, int present) {
    machine.restore(here);
    now = present;
  }

  /** The last moment before {@code moment} from which running forward is cheap. */
  int stretchBefore(int moment) {
    return checkpoints().moment(checkpoints().nearest(moment - 1));
  }

  private TimeTravel travel() {
    if (travel == null) {
      travel = new TimeTravel(this);
    }
    return travel;
  }

  public Machine machine() {
    return machine;
  }
}
