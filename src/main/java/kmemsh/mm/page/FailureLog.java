package kmemsh.mm.page;

/** Hears of every request that the page allocator cannot serve. */
public interface FailureLog {
  /**
   * A request has failed, and nothing of the allocator is in between.
   *
   * @param reason one of {@code Trace.STEP_*}
   */
  void failed(int gfpMask, int order, int reason);
}
