package kmemsh.view;

import java.io.IOException;

/** Takes runs of page frames that are alike, in ascending order and without gaps. */
@FunctionalInterface
public interface PageRuns {
  /**
   * {@code frames} frames, the first one behind the run before.
   *
   * @param flags as /proc/kpageflags numbers them
   */
  void run(long frames, long flags) throws IOException;
}
