package kmemsh.view;

import java.util.List;

/**
 * What SLUB says about an object or a slab that is not as it should be.
 *
 * <p>Spec: slab-allocators.md 3.14
 *
 * @param cache its cache
 * @param text what is wrong
 * @param cpu on which it was found
 * @param wide whether addresses have 64 bits
 * @param damage the bytes that are wrong, or null
 * @param allocated who took the object, or null when that is not known
 * @param freed who freed it last, or null
 * @param slab the slab
 * @param object the object, or null when the slab itself is meant
 */
public record SlubReport(
    String cache,
    String text,
    int cpu,
    boolean wide,
    Damage damage,
    Track allocated,
    Track freed,
    Slab slab,
    Dump object)
    implements LogEntry {

  @Override
  public int taint() {
    return LogEntry.TAINT_BAD_PAGE;
  }

  /**
   * Bytes that were overwritten.
   *
   * @param first address of the first wrong byte
   * @param last address of the last
   * @param offset of the first in its slab
   */
  public record Damage(long first, long last, long offset, int got, int expected) {}

  /** A call that took or freed the object. */
  public record Track(int cpu) {}

  /**
   * A slab.
   *
   * @param page address of its struct page
   * @param fp address of its first free object, or 0
   * @param flags of the struct page
   * @param flagNames the same in words
   */
  public record Slab(long page, int objects, int used, long fp, long flags, String flagNames) {}

  /**
   * An object and what is around it.
   *
   * @param address where it is, or where one was said to be
   * @param valid whether an object begins there
   * @param offset in its slab
   * @param fp what its free pointer holds
   */
  public record Dump(long address, boolean valid, long offset, long fp, List<Section> sections) {}

  /** Some bytes with a label of 9 characters. */
  public record Section(String label, long address, byte[] bytes) {}
}
