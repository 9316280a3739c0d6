package kmemsh.capture;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * Reads a stream on a thread of its own, a few pieces ahead, so that unpacking goes on while what
 * was unpacked is used. A failure comes where it would have come without the thread.
 */
final class ReadAhead extends InputStream {
  private static final int PIECES = 4;
  private static final int PIECE_BYTES = 1 << 16;

  private final InputStream in;
  private final BlockingQueue<Piece> empty = new ArrayBlockingQueue<>(PIECES);
  private final BlockingQueue<Piece> full = new ArrayBlockingQueue<>(PIECES);
  private final Thread thread;
  private Piece present;
  private int at;

  /** Bytes in a row, or the end ({@code size} is -1), or what went wrong. */
  private static final class Piece {
    final byte[] bytes = new byte[PIECE_BYTES];
    int size;
    IOException problem;
    RuntimeException wrong;

    boolean last() {
      return size < 0 || problem != null || wrong != null;
    }
  }

  /** Begins to read {@code in}, which is closed with this. */
  ReadAhead(InputStream in) {
    this.in = in;
    for (int i = 0; i < PIECES; i++) {
      empty.add(new Piece());
    }
    thread = new Thread(this::run, "read-ahead");
    thread.setDaemon(true);
    thread.start();
  }

  private void run() {
    try (in) {
      boolean last = false;
      while (!last) {
        Piece piece = empty.take();
        read(piece);
        last = piece.last();
        full.put(piece);
      }
    } catch (InterruptedException | IOException closed) {
      // Nobody waits for more.
    }
  }

  private void read(Piece piece) {
    try {
      piece.size = in.read(piece.bytes, 0, PIECE_BYTES);
    } catch (IOException e) {
      piece.problem = e;
    } catch (RuntimeException e) {
      piece.wrong = e;
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int from, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (present == null || (at == present.size && !present.last())) {
      nextPiece();
    }
    if (present.problem != null) {
      throw present.problem;
    }
    if (present.wrong != null) {
      throw present.wrong;
    }
    if (present.size < 0) {
      return -1;
    }
    int count = Math.min(length, present.size - at);
    System.arraycopy(present.bytes, at, bytes, from, count);
    at += count;
    return count;
  }

  /** An interrupt is for whoever replays; it waits until the piece is there. */
  private void nextPiece() {
    if (present != null) {
      empty.add(present);
    }
    boolean interrupted = false;
    present = null;
    while (present == null) {
      try {
        present = full.take();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    at = 0;
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
