package kmemsh.capture;

import java.util.List;

/**
 * What memblock handed over during boot, and the state right after.
 *
 * @param memory RAM, in memblock's order
 * @param reserved in memblock's order
 * @param state the free lists right after the hand-over
 */
public record BootSection(List<Range> memory, List<Range> reserved, RecordedState state) {

  /** Bytes {@code [start, end)} of physical memory; {@code nid} is -1 where none is named. */
  public record Range(long start, long end, int nid) {}
}
