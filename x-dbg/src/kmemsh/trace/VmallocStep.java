package kmemsh.trace;

/** Steps of vmalloc: what {@code where} (an address) and {@code value} are stands behind each. */
public final class VmallocStep {
  /** A call begins: alignment, bytes without the guard page. */
  public static final int REQUEST = 300;

  /** Addresses were found and are in use: address, bytes with the guard page. */
  public static final int AREA = 301;

  /** No free range fits: 0, bytes. */
  public static final int NO_SPACE = 302;

  /** All lazily freed ranges become free: 0, pages. */
  public static final int PURGE = 303;

  /** The array of page pointers comes from kmalloc: its address, bytes. */
  public static final int ARRAY = 304;

  /** The array of page pointers gets an area of its own: 0, bytes. */
  public static final int ARRAY_AREA = 305;

  /** Pages were taken: address they are for, pages. */
  public static final int PAGES = 306;

  /** A table was missing and was made: address it is for, pfn. */
  public static final int TABLE = 307;

  /** Pages were mapped: address, pages. */
  public static final int MAP = 308;

  /** Entries were cleared: address, pages. */
  public static final int UNMAP = 309;

  /** The addresses wait for a purge: address, pages that wait in all. */
  public static final int LAZY = 310;

  /** The pages go back, one by one: address they were at, pages. */
  public static final int FREE_PAGES = 311;

  /** More pages wait than may: 0, the limit; the worker purges at the next chance. */
  public static final int DRAIN_DUE = 312;

  /** A vmap block was made: address, pages. */
  public static final int BLOCK = 313;

  /** Pages of a vmap block were handed out: address, pages that are left in it. */
  public static final int BLOCK_TAKE = 314;

  /** Pages of a vmap block are dirty from now on: address, dirty pages of the block. */
  public static final int BLOCK_GIVE = 315;

  /** The first call of all: the cache of descriptors is made, as a kernel does at boot: 0, 0. */
  public static final int FIRST = 316;

  private VmallocStep() {}
}
