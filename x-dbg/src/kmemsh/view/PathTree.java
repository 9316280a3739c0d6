package kmemsh.view;

import java.util.List;

/**
 * A directory and all that is below it.
 *
 * @param path of the directory
 * @param entries top down, each directory before what is in it
 */
public record PathTree(String path, List<Entry> entries) {
  /**
   * A name.
   *
   * @param depth 0 right in the directory
   * @param name with a {@code /} at its end if it is a directory
   * @param last whether no name of its directory follows
   */
  public record Entry(int depth, String name, boolean last) {}
}
