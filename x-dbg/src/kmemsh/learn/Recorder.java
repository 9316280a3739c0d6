package kmemsh.learn;

/** Remembers how well something was known. */
public interface Recorder {
  /** Nothing is remembered. */
  Recorder NONE =
      new Recorder() {
        @Override
        public void answered(String item, int grade) {
          // An examination leaves no trace.
        }

        @Override
        public String trouble() {
          return "";
        }
      };

  /**
   * An answer was given.
   *
   * @param item what was asked, see {@link Family#name}
   * @param grade 0 not known .. 5 known at once
   */
  void answered(String item, int grade);

  /** Why answers cannot be kept, or empty. */
  String trouble();
}
