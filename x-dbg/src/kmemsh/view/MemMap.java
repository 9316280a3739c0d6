package kmemsh.view;

import java.util.List;

/**
 * Who has which frames, in runs: run {@code i} reaches from {@code starts[i]} to the start of the
 * next one, the last to {@code end}; the letter at {@code states[i]} says who has it.
 *
 * @param zones the spans to draw
 * @param start first frame
 * @param end frame behind the last
 * @param mark a frame to point at, or -1
 * @param starts where runs begin, ascending
 * @param states one letter a run: {@code 0}..{@code 9} free in a block of that order, and the
 *     constants
 */
public record MemMap(List<Span> zones, int start, int end, int mark, int[] starts, String states) {
  /** Free in a block of order 10. */
  public static final char FREE_TEN = '.';

  public static final char PCP = 'p';

  /** First page of an allocation. */
  public static final char ALLOCATED = '#';

  /** Further page of an allocation. */
  public static final char TAIL = '=';

  public static final char TABLES = 'T';
  public static final char RESERVED = 'R';
  public static final char HOLE = '-';

  /**
   * A zone, or the part of it that is drawn.
   *
   * @param nid its node, or -1 on a machine with one node
   * @param zone kernel name
   */
  public record Span(int nid, String zone, int start, int end) {}
}
