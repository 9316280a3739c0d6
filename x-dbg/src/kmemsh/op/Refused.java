package kmemsh.op;

import kmemsh.view.Refusal;

/** Ends a line that asks for something the machine must not do. The state stays as it was. */
public final class Refused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Refusal refusal;

  public Refused(Refusal refusal) {
    super(refusal.what(), null, false, false);
    this.refusal = refusal;
  }

  /** A refusal that needs no more than one sentence; {@code what} has no full stop at its end. */
  public Refused(String what) {
    this(new Refusal(what, "", ""));
  }

  public Refusal refusal() {
    return refusal;
  }
}
