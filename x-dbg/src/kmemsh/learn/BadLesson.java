package kmemsh.learn;

/** A text that is no lesson; the message says why. */
public final class BadLesson extends Exception {
  private static final long serialVersionUID = 1;

  BadLesson(String message) {
    super(message);
  }
}
