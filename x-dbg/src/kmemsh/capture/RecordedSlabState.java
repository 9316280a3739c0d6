package kmemsh.capture;

import kmemsh.view.SlabState;

/**
 * A SLABSTATE record.
 *
 * @param why start, mid, end or resync
 * @param line where it begins, from 1
 */
public record RecordedSlabState(String why, long line, SlabState state) {}
