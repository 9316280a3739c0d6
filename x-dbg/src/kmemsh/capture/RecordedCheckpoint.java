package kmemsh.capture;

import java.util.Arrays;

/**
 * A checkpoint: counters and hashes of the lists, one row per CZ, CF and CP line. One object is
 * filled again and again.
 *
 * <pre>
 *   zones  [nrZones][ZONE_FIELDS]   Z_ constants
 *   lists  [nrLists][LIST_FIELDS]   F_ constants
 *   pcps   [nrPcps][PCP_FIELDS]     P_ constants
 * </pre>
 */
public final class RecordedCheckpoint {
  public static final int Z_ZONE = 0;
  public static final int Z_FREE = 1;
  public static final int Z_BOOST = 2;
  public static final int Z_FLAGS = 3;
  public static final int Z_HIGHATOMIC = 4;
  public static final int Z_BLOCK_HASH = 5;
  public static final int Z_FREE_CMA = 6;
  static final int ZONE_FIELDS = 7;

  public static final int F_ZONE = 0;
  public static final int F_ORDER = 1;
  public static final int F_MIGRATETYPE = 2;
  public static final int F_COUNT = 3;
  public static final int F_HASH = 4;
  static final int LIST_FIELDS = 5;

  public static final int P_ZONE = 0;
  public static final int P_CPU = 1;
  public static final int P_COUNT = 2;
  public static final int P_HIGH = 3;
  public static final int P_BATCH = 4;
  public static final int P_FREE_FACTOR = 5;
  public static final int P_EXPIRE = 6;
  public static final int P_VDIFF = 7;
  public static final int P_VTHRESHOLD = 8;
  public static final int P_CMA_DIFF = 9;
  public static final int P_HASH = 10;
  static final int PCP_FIELDS = 11;

  /** The value of {@link #P_CMA_DIFF} where the recording does not tell it. */
  public static final long NOT_RECORDED = Long.MIN_VALUE;

  private final Rows zones = new Rows(ZONE_FIELDS);
  private final Rows lists = new Rows(LIST_FIELDS);
  private final Rows pcps = new Rows(PCP_FIELDS);
  private long operations;
  private long line;

  RecordedCheckpoint() {}

  void clear(long atLine, long afterOperations) {
    line = atLine;
    operations = afterOperations;
    zones.nr = 0;
    lists.nr = 0;
    pcps.nr = 0;
  }

  /** Starts a row of zeros. */
  int addZone() {
    return zones.add();
  }

  int addList() {
    return lists.add();
  }

  int addPcp() {
    return pcps.add();
  }

  void setZone(int row, int field, long value) {
    zones.set(row, field, value);
  }

  void setList(int row, int field, long value) {
    lists.set(row, field, value);
  }

  void setPcp(int row, int field, long value) {
    pcps.set(row, field, value);
  }

  /** Operations done before it. */
  public long operations() {
    return operations;
  }

  /** Where it begins, from 1. */
  public long line() {
    return line;
  }

  public int nrZones() {
    return zones.nr;
  }

  public int nrLists() {
    return lists.nr;
  }

  public int nrPcps() {
    return pcps.nr;
  }

  public long zone(int row, int field) {
    return zones.get(row, field);
  }

  /** Only lists that are not empty have a row. */
  public long list(int row, int field) {
    return lists.get(row, field);
  }

  public long pcp(int row, int field) {
    return pcps.get(row, field);
  }

  /** A table that grows by rows. */
  private static final class Rows {
    private final int fields;
    private long[] values;
    private int nr;

    Rows(int fields) {
      this.fields = fields;
      this.values = new long[fields * 16];
    }

    int add() {
      int start = nr * fields;
      if (start + fields > values.length) {
        values = Arrays.copyOf(values, values.length * 2);
      }
      Arrays.fill(values, start, start + fields, 0);
      return nr++;
    }

    void set(int row, int field, long value) {
      values[row * fields + field] = value;
    }

    long get(int row, int field) {
      return values[row * fields + field];
    }
  }
}
