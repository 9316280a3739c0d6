package kmemsh.view;

import java.util.List;

/**
 * The blocks around a frame: for each order the block it lies in and that block's buddy.
 *
 * @param frame the frame asked for
 * @param zone kernel name of its zone
 * @param levels by ascending order
 * @param mergedOrder the order its block would reach if it were given to the buddy lists now; -1
 *     when nothing could be freed
 */
public record BuddyTree(Frame frame, String zone, List<Level> levels, int mergedOrder) {

  /**
   * One order.
   *
   * @param block first frame of the block of this order around the frame
   * @param blockState what it is
   * @param buddy the block that differs in this bit alone
   * @param buddyState what that is
   * @param why why the two merge or do not, or empty where the question does not arise
   */
  public record Level(
      int order, int block, State blockState, int buddy, State buddyState, String why) {}

  /**
   * What an aligned block is.
   *
   * @param is {@code free}, {@code pcp}, {@code allocated}, {@code page tables}, {@code reserved},
   *     {@code hole}, {@code split} or {@code inside} a larger unit
   * @param freePages how many of its pages are on buddy lists
   */
  public record State(String is, int freePages) {
    public static final String SPLIT = "split";
    public static final String INSIDE = "inside";
  }
}
