package kmemsh.machine;

import kmemsh.trace.Trace;

/** Why a request gave nothing, in a few words. Spec: page-allocator.md 8 */
final class FailureReason {
  private FailureReason() {}

  static String of(int step) {
    return switch (step) {
      case Trace.STEP_ORDER_TOO_BIG -> "orders go from 0 to 10";
      case Trace.STEP_NO_SLEEP -> "no zone has room above its watermark, and it may not sleep";
      case Trace.STEP_NORETRY -> "nothing could be reclaimed, and __GFP_NORETRY gives up";
      case Trace.STEP_COSTLY -> "nothing could be reclaimed, and orders above 3 give up";
      case Trace.STEP_OOM -> "nothing could be reclaimed, and the OOM killer is not asked";
      case Trace.STEP_OOM_KILL -> "out of memory: the OOM killer would run, and finds no task";
      default -> "no zone could serve it";
    };
  }
}
