package kmemsh.base;

/** Fills ranges by doubling copies, which is fast also before anything has been compiled. */
public final class Fill {
  private Fill() {}

  /** Sets {@code array[start, end)} to {@code value}. */
  public static void bytes(byte[] array, int start, int end, byte value) {
    if (start < end) {
      array[start] = value;
      spread(array, start, end);
    }
  }

  /** Sets {@code array[start, end)} to {@code value}, one reference each. */
  public static void references(Object[] array, int start, int end, Object value) {
    if (start < end) {
      array[start] = value;
      spread(array, start, end);
    }
  }

  private static void spread(Object array, int start, int end) {
    int done = 1;
    while (start + done < end) {
      int more = Math.min(done, end - start - done);
      System.arraycopy(array, start, array, start + done, more);
      done += more;
    }
  }
}
