package kmemsh.view;

import java.util.List;
import java.util.Map;

/**
 * What the slab allocator keeps, list by list: the lines of a SLABSTATE. Lists of the allocators
 * that are not built in are empty.
 *
 * <p>An address is a physical byte address: {@code pfn * 4096 + offset}.
 */
public record SlabState(
    List<ArrayCache> arrays,
    List<Node> nodes,
    List<Slab> slabs,
    List<SlubSlab> slubs,
    List<SlobPage> pages) {

  /**
   * A cache's geometry: a CACHE line.
   *
   * @param id number of the cache, the newest has the highest
   * @param numbers the other keys in the recording's order; {@code freelist} is 0 on, 1 obj, 2 off
   */
  public record Cache(int id, String name, Map<String, Long> numbers) {
    /** The number of {@code key}, or {@code absent}. */
    public long number(String key, long absent) {
      Long value = numbers.get(key);
      return value == null ? absent : value;
    }
  }

  /**
   * An array cache of SLAB.
   *
   * @param kind {@link #CPU}, {@link #SHARED} or {@link #ALIEN}
   * @param owner the CPU, or the node
   * @param other the node whose objects an alien array holds, else -1
   * @param batch batchcount; without meaning for shared and alien arrays
   * @param entries addresses, the next to be taken last
   */
  public record ArrayCache(
      int cache,
      int kind,
      int owner,
      int other,
      int avail,
      int limit,
      long batch,
      int touched,
      long[] entries) {
    public static final int CPU = 0;
    public static final int SHARED = 1;
    public static final int ALIEN = 2;
  }

  /**
   * Counters of a cache on a node.
   *
   * @param counters SLAB: total, free_slabs, free_objects, free_limit, colour_next, free_touched;
   *     SLUB: nr_partial, nr_slabs, total_objects
   */
  public record Node(int cache, int nid, long[] counters) {}

  /**
   * A slab of SLAB.
   *
   * @param list {@code 'p'} partial, {@code 'f'} full, {@code 'e'} free
   * @param pfn first page
   * @param smem offset of object 0 in bytes
   * @param active objects handed out
   * @param freelist address of the index array, or -1
   * @param free entries active and up of the index array
   */
  public record Slab(
      int cache, int nid, char list, int pfn, int smem, int active, long freelist, int[] free) {}

  /**
   * A slab of SLUB that is on a list.
   *
   * @param list {@link #CPU_SLAB}, {@link #CPU_PARTIAL}, {@link #PARTIAL} or {@link #FULL}
   * @param owner the CPU, or the node
   * @param slabs slabs of a partial chain from this one on, else 0
   * @param pfn first page
   * @param cpuFreelist objects on the CPU's own freelist, the next to be taken first
   * @param freelist objects on the slab's own freelist
   */
  public record SlubSlab(
      int cache,
      int list,
      int owner,
      int slabs,
      int pfn,
      int inuse,
      int objects,
      int frozen,
      int[] cpuFreelist,
      int[] freelist) {
    public static final int CPU_SLAB = 0;
    public static final int CPU_PARTIAL = 1;
    public static final int PARTIAL = 2;
    public static final int FULL = 3;
  }

  /**
   * A page of SLOB that is on a list.
   *
   * @param list {@code 's'}, {@code 'm'} or {@code 'l'}
   * @param units free units of 2 bytes
   * @param offsets first units of the free blocks, ascending
   * @param lengths their lengths in units
   */
  public record SlobPage(char list, int pfn, int units, int[] offsets, int[] lengths) {}
}
