package kmemsh.view;

/**
 * The sizes of a cache, in bytes and objects, as its creation computes them.
 *
 * <p>Each allocator has a record of its own; what all of them know is here.
 */
public sealed interface CacheGeometry {
  /** 0, or the negative errno with which the creation fails; then nothing else counts. */
  int error();

  /** Bytes of an object as asked for. */
  int objectSize();

  /** Distance between two objects, in bytes. */
  int size();

  int align();

  /** {@link SlabFlags} of the finished cache, the internal ones included. */
  int flags();

  /** Where SLAB keeps the index array of a slab. */
  enum Freelist {
    /** In a free object of the slab. */
    OBJ,
    /** In an object of a kmalloc cache. */
    OFF,
    /** In the last bytes of the slab. */
    ON
  }

  /**
   * SLAB. Spec: slab-allocators.md 2.2 to 2.6
   *
   * @param num objects of a slab, at most 255
   * @param order of a slab's page block
   * @param allocFlags gfp bits each page request gets
   * @param colour number of colours, 0 for none
   * @param colourOff bytes from one colour to the next
   * @param freelistSize bytes of the index array
   * @param freelist where the index array is
   * @param limit objects a CPU's array holds
   * @param batchcount objects moved at once
   * @param shared a node's shared array holds this many batchcounts; 0 for no shared array
   * @param freeLimit free objects a node keeps
   */
  record Slab(
      int error,
      int objectSize,
      int size,
      int align,
      int flags,
      int num,
      int order,
      int allocFlags,
      int colour,
      int colourOff,
      int freelistSize,
      Freelist freelist,
      int limit,
      int batchcount,
      int shared,
      int freeLimit)
      implements CacheGeometry {

    /** A creation that fails with {@code error}. */
    public static Slab failed(int error) {
      return new Slab(error, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, Freelist.ON, 0, 0, 0, 0);
    }
  }

  /**
   * SLUB. Spec: slab-allocators.md 3.2, 3.3
   *
   * @param objects of a slab of the preferred order
   * @param order the preferred order of a slab's page block
   * @param minObjects objects of a slab of the smallest order
   * @param minOrder the smallest order that holds an object
   * @param inuse bytes up to the end of the object and its right red zone
   * @param offset where the free pointer is, from the object's address
   * @param redLeftPad bytes before the object
   * @param allocFlags gfp bits each page request gets
   * @param minPartial slabs a node's partial list keeps even when they are empty
   * @param cpuPartial free objects a CPU's partial chain should hold; 0 without such chains
   * @param cpuPartialSlabs the same in slabs
   */
  record Slub(
      int error,
      int objectSize,
      int size,
      int align,
      int flags,
      int objects,
      int order,
      int minObjects,
      int minOrder,
      int inuse,
      int offset,
      int redLeftPad,
      int allocFlags,
      int minPartial,
      int cpuPartial,
      int cpuPartialSlabs)
      implements CacheGeometry {

    /** A creation that fails with {@code error}. */
    public static Slub failed(int error) {
      return new Slub(error, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    }
  }

  /** SLOB, which has no slabs: {@code size} is what an object takes. */
  record Slob(int error, int objectSize, int size, int align, int flags) implements CacheGeometry {}
}
