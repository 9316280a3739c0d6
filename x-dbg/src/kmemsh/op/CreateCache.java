package kmemsh.op;

import kmemsh.machine.ContextRules;
import kmemsh.machine.Machine;
import kmemsh.machine.Slabs;
import kmemsh.view.Refusal;
import kmemsh.view.SlabFlags;

/**
 * Makes a cache, or gives one that exists a further name: {@code kmem_cache_create}; gives its
 * number or a negative errno.
 *
 * @param align least alignment in bytes, 0 for none
 * @param flags {@link SlabFlags}
 */
public record CreateCache(String name, long size, int align, int flags, boolean ctor)
    implements Op {
  private static final long MOST_BYTES = 4L << 20;
  private static final int PAGE_BYTES = 4096;

  @Override
  public void check(Machine machine) {
    CacheCheck.allocator(machine);
    ContextCheck.call(machine, ContextRules.CACHE, "kmem_cache_create");
    Slabs slab = machine.slab();
    if (slab.find(name) != Slabs.NO_CACHE) {
      throw refused(name + " is the name of a cache already", sameName(slab));
    }
    if (size < 1 || size > MOST_BYTES) {
      throw refused(size + " is no size of an object: it is 1 to 4194304 bytes", badSize(slab));
    }
    if (align < 0 || (align & (align - 1)) != 0 || align > PAGE_BYTES) {
      throw refused(
          align + " is no alignment: it is a power of two up to 4096, or 0",
          "A real kernel would not look: it would use it as a mask and space the objects wrongly");
    }
    if ((flags & ~SlabFlags.PERMITTED) != 0) {
      throw refused(
          "flags 0x" + Integer.toHexString(flags & ~SlabFlags.PERMITTED) + " are not for callers",
          "A real kernel would return NULL: " + failed(-22));
    }
  }

  private static Refused refused(String what, String kernelWould) {
    return new Refused(new Refusal(what, kernelWould, ""));
  }

  private String failed(int errno) {
    return "\"kmem_cache_create_usercopy(" + name + ") failed with error " + errno + "\"";
  }

  private static String sameName(Slabs slab) {
    return slab.kind().equals("slub")
        ? "A real kernel with SLUB would share the old cache if it can be merged, else fail with"
            + " -17 over its name in sysfs"
        : "A real kernel would not look and have two caches of one name in /proc/slabinfo";
  }

  private String badSize(Slabs slab) {
    String kind = slab.kind();
    if (size > MOST_BYTES) {
      return kind.equals("slob")
          ? "A real kernel with SLOB would make it, and every allocation would fail"
          : "A real kernel would return NULL: " + failed(kind.equals("slab") ? -7 : -22);
    }
    if (kind.equals("slub")) {
      return "A real kernel with SLUB would divide by it: an oops";
    }
    return kind.equals("slab")
        ? "A real kernel with SLAB would make objects 16 bytes apart of which none is yours"
        : "A real kernel with SLOB would make a cache of no use";
  }

  @Override
  public long run(Machine machine) {
    return machine.slab().createCache(name, size, align, flags, ctor);
  }
}
