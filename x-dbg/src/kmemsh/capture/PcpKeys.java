package kmemsh.capture;

/** The keys that PCP lines of a STATE and CP lines of a checkpoint share. */
final class PcpKeys {
  private static final int COUNT = RecordingInput.keyOf("count");
  private static final int HIGH = RecordingInput.keyOf("high");
  private static final int BATCH = RecordingInput.keyOf("batch");
  private static final int FREE_FACTOR = RecordingInput.keyOf("free_factor");
  private static final int EXPIRE = RecordingInput.keyOf("expire");
  private static final int VDIFF = RecordingInput.keyOf("vdiff");
  private static final int VTHR = RecordingInput.keyOf("vthr");
  private static final int CDIFF = RecordingInput.keyOf("cdiff");
  private static final int HASH = RecordingInput.keyOf("h");

  private PcpKeys() {}

  /** The field of {@link RecordedCheckpoint} that {@code key} names. */
  static int field(RecordingInput in, int key) throws BadRecording {
    if (key == COUNT) {
      return RecordedCheckpoint.P_COUNT;
    } else if (key == HIGH) {
      return RecordedCheckpoint.P_HIGH;
    } else if (key == BATCH) {
      return RecordedCheckpoint.P_BATCH;
    } else if (key == FREE_FACTOR) {
      return RecordedCheckpoint.P_FREE_FACTOR;
    } else if (key == EXPIRE) {
      return RecordedCheckpoint.P_EXPIRE;
    } else if (key == VDIFF) {
      return RecordedCheckpoint.P_VDIFF;
    } else if (key == VTHR) {
      return RecordedCheckpoint.P_VTHRESHOLD;
    } else if (key == CDIFF) {
      return RecordedCheckpoint.P_CMA_DIFF;
    } else if (key == HASH) {
      return RecordedCheckpoint.P_HASH;
    }
    throw in.bad("the line has a key that a per-CPU page set does not have");
  }

  /** Reads the value of {@code field}. */
  static long value(RecordingInput in, int field) throws BadRecording {
    if (field == RecordedCheckpoint.P_HASH) {
      return in.hex();
    }
    return in.signed(Integer.MAX_VALUE);
  }
}
