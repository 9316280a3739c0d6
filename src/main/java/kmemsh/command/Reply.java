package kmemsh.command;

import java.util.List;
import kmemsh.lang.Value;
import kmemsh.view.DrillQuestion;
import kmemsh.view.Refusal;
import kmemsh.view.StepFrame;

/**
 * The outcome of one simple command. It holds records and values, never text made for a terminal.
 *
 * <p>{@link #record} is null when there is nothing to show, as for {@code free_pages}.
 */
public final class Reply {
  /** The command did what it says; a NULL from the kernel is a result as well. */
  public static final int OK = 0;

  /** Nothing was done and nothing changed; {@link #refusal} says why. */
  public static final int REFUSED = 1;

  /** An assertion does not hold, or a command behind {@code !} succeeded. */
  public static final int ASSERT_FAILED = 2;

  private static final String[] STATUS_NAMES = {"ok", "refused", "failed"};

  private final int status;
  private final Object record;
  private final Refusal refusal;
  private final Value made;
  private String note = "";
  private String command = "";
  private String place = "";
  private String label = "";
  private int valueNumber;
  private int exitStatus;
  private boolean leaves;
  private boolean plain;
  private boolean plainFrames;
  private List<StepFrame> frames = List.of();
  private Dialogue dialogue;

  private Reply(int status, Object record, Refusal refusal, Value made) {
    this.status = status;
    this.record = record;
    this.refusal = refusal;
    this.made = made;
  }

  /** A success that shows nothing. */
  public static Reply done() {
    return new Reply(OK, null, null, null);
  }

  /** A success that shows a record of {@code view}. */
  public static Reply of(Object record) {
    return new Reply(OK, record, null, null);
  }

  /** A success that shows a record and gives the next {@code $n}. */
  public static Reply of(Object record, Value made) {
    return new Reply(OK, record, null, made);
  }

  /** A success after which nothing more is run. */
  static Reply leave() {
    Reply reply = done();
    reply.leaves = true;
    return reply;
  }

  /** A success after which {@code dialogue} takes the lines. */
  static Reply dialogue(Dialogue dialogue) {
    Reply reply = done();
    reply.dialogue = dialogue;
    return reply;
  }

  public static Reply refused(Refusal refusal) {
    return new Reply(REFUSED, null, refusal, null);
  }

  public static Reply assertFailed(Refusal refusal) {
    return new Reply(ASSERT_FAILED, null, refusal, null);
  }

  /** {@link #OK}, {@link #REFUSED} or {@link #ASSERT_FAILED}. */
  public int status() {
    return status;
  }

  public boolean ok() {
    return status == OK;
  }

  /** The status in JSON: {@code ok}, {@code refused} or {@code failed}. */
  public String statusName() {
    return STATUS_NAMES[status];
  }

  /** The status the program ends with because of this, 0 when a success is all there is to say. */
  public int exitStatus() {
    return ok() ? exitStatus : 1;
  }

  /** Sets what {@link #exitStatus} of a success is, for commands that compare: 1 or 3. */
  public Reply exitStatus(int status) {
    exitStatus = status;
    return this;
  }

  /** Whether the session or the script ends with this. */
  public boolean leaves() {
    return leaves;
  }

  /** What takes the lines from now on, or null. */
  Dialogue dialogue() {
    return dialogue;
  }

  /** What to show: a record of {@code view}, or null. */
  public Object record() {
    return record;
  }

  /** Whether it is a question, which the next line answers. */
  public boolean asks() {
    return record instanceof DrillQuestion;
  }

  /** Why it was refused or failed; null when it succeeded. */
  public Refusal refusal() {
    return refusal;
  }

  /** The value it made, or null. */
  public Value made() {
    return made;
  }

  /** Which value stood in for an argument, for example {@code page: using $3}; or empty. */
  public String note() {
    return note;
  }

  /** The name of the command, or empty when the line did not get as far as that. */
  public String command() {
    return command;
  }

  /** {@code FILE:LINE} when the command stands in a sourced file, otherwise empty. */
  public String place() {
    return place;
  }

  /** Whether a value was kept, so that {@link #label} is {@code $1} or {@code $p}. */
  public boolean hasLabel() {
    return valueNumber > 0;
  }

  /** Whether the line gives the value a name. */
  boolean isNamed() {
    return !label.isEmpty();
  }

  /** How the value is called: {@code $1}, or {@code $p} when the line names it; or empty. */
  public String label() {
    if (label.isEmpty() && valueNumber > 0) {
      label = "$" + valueNumber;
    }
    return label;
  }

  /** The n of {@code $n}; 0 when no value was made. */
  public int valueNumber() {
    return valueNumber;
  }

  /** The steps of the operation as pictures, to be shown first; mostly none. */
  public List<StepFrame> frames() {
    return frames;
  }

  /** Whether these are to be told in words rather than drawn. */
  public boolean plainFrames() {
    return plainFrames;
  }

  void setFrames(List<StepFrame> frames, boolean plain) {
    this.frames = frames;
    this.plainFrames = plain;
  }

  /** Whether the record is to be told in words rather than drawn. */
  public boolean plain() {
    return plain;
  }

  void setPlain() {
    plain = true;
  }

  void setNote(String note) {
    this.note = note;
  }

  void setCommand(String command) {
    this.command = command;
  }

  void setPlace(String place) {
    this.place = place;
  }

  void setLabel(int valueNumber, String name) {
    this.valueNumber = valueNumber;
    if (name != null) {
      this.label = "$" + name;
    }
  }
}
