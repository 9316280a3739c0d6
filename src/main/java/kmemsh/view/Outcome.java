package kmemsh.view;

/** A result that also says how the program ends, when it is one of a script. */
public interface Outcome {
  /** The exit status: 0 when all is well, 1 for a difference found, 3 when nothing was compared. */
  int exitStatus();
}
