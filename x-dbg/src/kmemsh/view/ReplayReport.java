package kmemsh.view;

import java.util.List;

/**
 * What a replay of a recording found.
 *
 * @param file the recording
 * @param sections in the order of the file, only those that were asked for
 */
public record ReplayReport(String file, List<Section> sections) {

  /** How a section ended. */
  public enum Status {
    /** Everything that was compared is identical. */
    IDENTICAL,
    /** There is a difference; what follows it in the section was not performed. */
    DIFFERENT,
    /** Sections of this kind are not modelled yet. */
    SKIPPED
  }

  /**
   * One section.
   *
   * @param kind PAGE, BOOT, ...
   * @param parameters as the recording gives them, for example {@code mix=0 seed=160101}; or empty
   * @param line where it begins, from 1
   * @param operations performed; those announced when the section was skipped
   * @param compared results, counters and lists that were compared
   * @param differences the first difference, or nothing
   * @param note what else is to be known, or empty
   */
  public record Section(
      String kind,
      String parameters,
      long line,
      long operations,
      long compared,
      Status status,
      List<Difference> differences,
      String note) {}

  /**
   * The first difference of a section.
   *
   * @param what what was compared
   * @param operation how many operations were performed, the last one included
   * @param line line of the record that does not agree
   * @param text the operation, or the name of the checkpoint or state
   * @param expected what the kernel had
   * @param got what the model has
   * @param before the last operations before it, the latest last
   * @param around for lists: both sides around the first element that differs
   */
  public record Difference(
      String what,
      long operation,
      long line,
      String text,
      String expected,
      String got,
      List<String> before,
      List<String> around) {}

  public long operations() {
    long sum = 0;
    for (Section section : sections) {
      sum += section.status() == Status.SKIPPED ? 0 : section.operations();
    }
    return sum;
  }

  public long compared() {
    long sum = 0;
    for (Section section : sections) {
      sum += section.compared();
    }
    return sum;
  }

  /** The number of sections that ended like this. */
  public int count(Status status) {
    int nr = 0;
    for (Section section : sections) {
      nr += section.status() == status ? 1 : 0;
    }
    return nr;
  }

  /** 0: all identical and nothing skipped; 1: a difference; 3: only skips. */
  public int exitStatus() {
    if (count(Status.DIFFERENT) > 0) {
      return 1;
    }
    return count(Status.SKIPPED) > 0 ? 3 : 0;
  }
}
