package kmemsh.capture;

/**
 * The BEGIN line of a section.
 *
 * @param kind PAGE, BOOT, OBJ, ...
 * @param parameters the rest of the line, for example {@code mix=0 seed=160101 n=3000}; may be
 *     empty
 * @param line where it stands, from 1
 */
public record SectionHead(String kind, String parameters, long line) {

  /** The value of {@code name=} among the parameters, or empty. */
  public String parameter(String name) {
    int start = (" " + parameters).indexOf(" " + name + "=");
    if (start < 0) {
      return "";
    }
    int from = start + name.length() + 1;
    int to = parameters.indexOf(' ', from);
    return parameters.substring(from, to < 0 ? parameters.length() : to);
  }
}
