package kmemsh.machine;

/** A machine that cannot be built; the message is one clear sentence. */
public final class BadProfile extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public BadProfile(String message) {
    super(message, null, false, false);
  }
}
