package kmemsh.view;

import java.util.List;

/**
 * One step of an operation as a picture: a sentence and the lists as they are behind it.
 *
 * @param nr its number, from 1
 * @param of how many steps the operation has
 * @param sentence what is done, with the kernel function that does it
 * @param rows the lists that the operation touches, the same ones in each of its steps
 */
public record StepFrame(int nr, int of, String sentence, List<Row> rows) {

  /**
   * A list.
   *
   * @param group what it is a list of: a zone and type, a page set, a cache
   * @param label its name in the group
   * @param items head first
   */
  public record Row(String group, String label, List<Item> items) {}

  /**
   * A block or slab on a list.
   *
   * @param pfn its first page
   * @param mark {@link #STAYS}, {@link #CAME} or {@link #LEFT}
   */
  public record Item(int pfn, char mark) {}

  public static final char STAYS = ' ';

  /** It came to the list in this step. */
  public static final char CAME = '+';

  /** It left the list in this step, and is no longer there. */
  public static final char LEFT = '-';
}
