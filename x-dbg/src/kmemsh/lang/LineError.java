package kmemsh.lang;

import kmemsh.view.Refusal;

/** A line cannot be understood. Nothing was run. */
public final class LineError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Refusal refusal;

  public LineError(Refusal refusal) {
    super(refusal.what(), null, false, false);
    this.refusal = refusal;
  }

  /** {@code what} is one sentence without a full stop at its end. */
  public LineError(String what) {
    this(new Refusal(what, "", ""));
  }

  /** Like {@link #LineError(String)}, with the line that was probably meant. */
  public LineError(String what, String suggestion) {
    this(new Refusal(what, "", suggestion));
  }

  public Refusal refusal() {
    return refusal;
  }
}
