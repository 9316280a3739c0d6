package kmemsh.capture;

import java.util.List;
import kmemsh.view.PageState;

/**
 * A STATE record.
 *
 * @param why boot, start, mid, end or resync
 * @param line where it begins, from 1
 * @param state the lists and counters
 * @param hasCmaDiffs whether it tells the pending differences of free CMA pages; early recordings
 *     do not
 * @param buddyinfo for each zone the line of /proc/buddyinfo; empty where the recording has none
 */
public record RecordedState(
    String why, long line, PageState state, boolean hasCmaDiffs, List<String> buddyinfo) {}
