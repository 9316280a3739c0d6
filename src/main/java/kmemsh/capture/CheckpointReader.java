package kmemsh.capture;

import kmemsh.view.Migratetype;

/** Reads a checkpoint, from behind the word CK to ENDCK. */
final class CheckpointReader {
  private static final int FREE = RecordingInput.keyOf("free");
  private static final int BOOST = RecordingInput.keyOf("boost");
  private static final int FLAGS = RecordingInput.keyOf("flags");
  private static final int HIGHATOMIC = RecordingInput.keyOf("highatomic");
  private static final int BLK = RecordingInput.keyOf("blk");
  private static final int FREE_CMA = RecordingInput.keyOf("free_cma");

  private final RecordingInput in;
  private final StateReader.Kernel kernel;
  private final RecordedCheckpoint checkpoint = new RecordedCheckpoint();

  CheckpointReader(RecordingInput in, StateReader.Kernel kernel) {
    this.in = in;
    this.kernel = kernel;
  }

  RecordedCheckpoint read() throws BadRecording {
    long line = in.line();
    in.blank();
    checkpoint.clear(line, in.decimal(StateReader.MAX_COUNT));
    in.endLine();
    in.skipComments();
    while (in.peek() == 'C') {
      in.expect('C');
      int what = in.peek();
      if (what == 'F') {
        in.expect('F');
        readList();
      } else if (what == 'P') {
        in.expect('P');
        readPcp();
      } else {
        in.expect('Z');
        readZone();
      }
      in.skipComments();
    }
    String end = in.word(64);
    if (!end.equals("ENDCK")) {
      if (end.isEmpty()) {
        throw in.unexpected("a record of a checkpoint");
      }
      throw in.bad("'" + RecordingInput.shown(end) + "' is not a record of a checkpoint");
    }
    in.endLine();
    return checkpoint;
  }

  private void readZone() throws BadRecording {
    int row = checkpoint.addZone();
    in.blank();
    checkpoint.setZone(row, RecordedCheckpoint.Z_ZONE, in.number(StateReader.MAX_ZONES));
    while (!in.atLineEnd()) {
      in.blank();
      int key = in.key();
      if (key == FREE) {
        checkpoint.setZone(row, RecordedCheckpoint.Z_FREE, in.signed(StateReader.MAX_COUNT));
      } else if (key == BOOST) {
        checkpoint.setZone(row, RecordedCheckpoint.Z_BOOST, count());
      } else if (key == FLAGS) {
        checkpoint.setZone(row, RecordedCheckpoint.Z_FLAGS, in.mask());
      } else if (key == HIGHATOMIC) {
        checkpoint.setZone(row, RecordedCheckpoint.Z_HIGHATOMIC, count());
      } else if (key == BLK) {
        checkpoint.setZone(row, RecordedCheckpoint.Z_BLOCK_HASH, in.hex());
      } else if (key == FREE_CMA) {
        checkpoint.setZone(row, RecordedCheckpoint.Z_FREE_CMA, in.signed(StateReader.MAX_COUNT));
      } else {
        throw in.bad("the line has a key that a CZ line does not have");
      }
    }
    in.endLine();
  }

  private long count() throws BadRecording {
    return in.decimal(StateReader.MAX_COUNT);
  }

  private void readList() throws BadRecording {
    int row = checkpoint.addList();
    in.blank();
    checkpoint.setList(row, RecordedCheckpoint.F_ZONE, in.number(StateReader.MAX_ZONES));
    in.blank();
    int order = in.number(StateReader.NR_ORDERS - 1);
    checkpoint.setList(row, RecordedCheckpoint.F_ORDER, order);
    in.blank();
    int migratetype = kernel.migratetype(in.number(Migratetype.NR_TYPES - 1));
    checkpoint.setList(row, RecordedCheckpoint.F_MIGRATETYPE, migratetype);
    in.blank();
    checkpoint.setList(row, RecordedCheckpoint.F_COUNT, count());
    in.blank();
    checkpoint.setList(row, RecordedCheckpoint.F_HASH, in.hex());
    in.endLine();
  }

  private void readPcp() throws BadRecording {
    int row = checkpoint.addPcp();
    checkpoint.setPcp(row, RecordedCheckpoint.P_CMA_DIFF, RecordedCheckpoint.NOT_RECORDED);
    in.blank();
    checkpoint.setPcp(row, RecordedCheckpoint.P_ZONE, in.number(StateReader.MAX_ZONES));
    in.blank();
    checkpoint.setPcp(row, RecordedCheckpoint.P_CPU, in.number(StateReader.MAX_CPUS));
    while (!in.atLineEnd()) {
      in.blank();
      int field = PcpKeys.field(in, in.key());
      checkpoint.setPcp(row, field, PcpKeys.value(in, field));
    }
    in.endLine();
  }
}
