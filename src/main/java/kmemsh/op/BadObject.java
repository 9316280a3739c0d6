package kmemsh.op;

import kmemsh.machine.AddressSpace;
import kmemsh.machine.Machine;
import kmemsh.machine.Slabs;
import kmemsh.view.Refusal;

/**
 * Objects that a kernel would free and suffer from: what is wrong, what a real kernel would do.
 *
 * <p>Spec: slab-allocators.md 1.8, 2.13, 3.13, 4.6
 */
final class BadObject {
  private static final long PAGE_MASK = 4095;

  private BadObject() {}

  /**
   * Like {@link #check}, but what the kernel itself would notice goes through, and with {@code
   * --unsafe} what it would not notice and can be shown.
   */
  static void checkOrLetThrough(Machine machine, int cache, long address) {
    if (!isLetThrough(machine, cache, address)) {
      check(machine, cache, address);
    }
  }

  private static boolean isLetThrough(Machine machine, int cache, long address) {
    if (!machine.profile().letsThrough() || machine.slab() == null) {
      return false;
    }
    if (Objects.isNothing(address) || machine.pfnOf(address) < 0) {
      return false;
    }
    Slabs slab = machine.slab();
    long object = Objects.physical(machine, address);
    if (slab.isChecked(object)) {
      return !ownStructure(slab, object);
    }
    return machine.profile().unsafe()
        && (slab.injuries().showsDoubleFree(cache, object) || isWrongFree(machine, cache, object))
        && !flushesForeign(machine, cache, 1);
  }

  private static boolean isWrongFree(Machine machine, int cache, long object) {
    AddressSpace space = machine.spaceOrNull();
    return machine.slab().injuries().showsWrongFree(cache, object)
        && (space == null || !space.isOwnObject(object));
  }

  /** Whether {@code nr} frees empty an array that has objects of another cache in it. */
  static boolean flushesForeign(Machine machine, int cache, int nr) {
    Slabs slab = machine.slab();
    return cache != Slabs.NO_CACHE
        && slab.injuries().room(cache) < nr
        && slab.injuries().holdsForeign(cache);
  }

  /** Refuses unless {@code address} is an object of {@code cache}, or for kfree for NO_CACHE. */
  static void check(Machine machine, int cache, long address) {
    CacheCheck.allocator(machine);
    if (machine.isAtomic()) {
      ContextCheck.free(machine);
    }
    if (Objects.isNothing(address)) {
      if (cache != Slabs.NO_CACHE) {
        throw refused(
            (address == 0 ? "NULL" : "ZERO_SIZE_PTR") + " is no object of a cache",
            "A real kernel would crash in kmem_cache_free; only kfree passes over it",
            "");
      }
      return;
    }
    if (machine.pfnOf(address) < 0) {
      throw refused(
          hex(address) + " is no address of the linear map, where all objects are",
          "A real kernel would look for a struct page that does not exist and oops",
          "whatis " + hex(address));
    }
    Slabs slab = machine.slab();
    long object = Objects.physical(machine, address);
    int state = slab.stateOf(object);
    if (machine.profile().unsafe()
        && state == Slabs.IN_USE
        && slab.injuries().freesLeft(object) <= 0) {
      throw countsNothing(address);
    }
    if (machine.profile().unsafe() && state == Slabs.IN_USE) {
      int into = cache == Slabs.NO_CACHE ? slab.cacheOf(object) : cache;
      foreign(machine, into, 1);
    }
    if (state == Slabs.IN_USE) {
      owner(machine, cache, address, object);
    } else if (state == Slabs.FREE) {
      throw twice(machine, address);
    } else if (state == Slabs.INSIDE) {
      throw inside(machine, address, object);
    } else {
      pages(machine, cache, address);
    }
  }

  /** Refuses {@code nr} frees that would sort objects of other caches into slabs. */
  static void foreign(Machine machine, int cache, int nr) {
    if (flushesForeign(machine, cache, nr)) {
      throw refused(
          "an array of cache "
              + machine.slab().cache(cache).name
              + " would be emptied, and an object of another cache is in it",
          "A real kernel would sort it into its slab by the wrong cache's sizes, which the model"
              + " cannot show",
          "undo");
    }
  }

  /** The slab counts no object any more, and one is to be freed. */
  static Refused countsNothing(long address) {
    return refused(
        "the slab of " + hex(address) + " counts no object in use any more, after a double free",
        "A real kernel's counter would wrap round, which the model cannot show",
        "");
  }

  private static boolean ownStructure(Slabs slab, long object) {
    long start = slab.objectStart(object);
    return start != Slabs.NULL && slab.isKernelOwn(start);
  }

  private static void owner(Machine machine, int cache, long address, long object) {
    Slabs slab = machine.slab();
    if (slab.isKernelOwn(object)) {
      throw refused(
          hex(address) + " is the allocator's own: it keeps its caches there",
          "A real kernel would free it and find its own lists overwritten",
          "");
    }
    if (machine.spaceOrNull() != null && machine.spaceOrNull().isOwnObject(object)) {
      throw refused(
          hex(address) + " is a descriptor of vmalloc",
          "A real kernel would free it and find areas described by whatever is written there next",
          "whatis " + hex(address));
    }
    int owner = slab.cacheOf(object);
    if (owner == Slabs.NO_CACHE ? !slab.isOwner(object, cache) : wrong(cache, owner)) {
      String of = owner == Slabs.NO_CACHE ? "another owner" : "cache " + slab.cache(owner).name;
      String asked = cache == Slabs.NO_CACHE ? "kfree" : slab.cache(cache).name;
      throw refused(
          hex(address) + " is an object of " + of + ", not of " + asked,
          wouldMix(slab) + mixNotShown(machine),
          "");
    }
  }

  private static boolean wrong(int cache, int owner) {
    return cache != Slabs.NO_CACHE && cache != owner;
  }

  private static String wouldMix(Slabs slab) {
    return switch (slab.kind()) {
      case "slab" ->
          "A real kernel trusts the argument: the wrong cache's array gets it and hands it out";
      case "slub" ->
          "A real kernel trusts the argument and counts the object in the wrong cache; with"
              + " slub_debug=F it warns \"Wrong slab cache\" and frees it to its owner";
      default -> "A real kernel would free as many bytes as the wrong owner's objects have";
    };
  }

  private static String mixNotShown(Machine machine) {
    if (!machine.profile().unsafe()) {
      return "";
    }
    return switch (machine.slab().kind()) {
      case "slab" ->
          ". --unsafe shows it where the array of a cache you made has room, and one node";
      case "slub" ->
          ". --unsafe shows it for a cache you made, with free pointers at the same place, where"
              + " the slab stays on its list";
      default -> ". --unsafe cannot show it: the model keeps the chain of free blocks in order";
    };
  }

  /** The object is free already. */
  static Refused twice(Machine machine, long address) {
    Slabs slab = machine.slab();
    int cache = slab.cacheOf(Objects.physical(machine, address));
    String of = cache == Slabs.NO_CACHE ? "" : " of cache " + slab.cache(cache).name;
    String would =
        switch (slab.kind()) {
          case "slab" ->
              "A real kernel would put it into the CPU's array twice, hand it out twice and"
                  + " miscount its slab";
          case "slub" ->
              "A real kernel would link it into the freelist again: a cycle that hands out the same"
                  + " object for ever; slub_debug=F reports \"Object already free\"";
          default -> "A real kernel would corrupt the chain of free blocks without a word";
        };
    String notShown =
        !machine.profile().unsafe()
            ? ""
            : slab.kind().equals("slob")
                ? ". --unsafe cannot show it: the model keeps that chain in order"
                : ". --unsafe cannot show it: the slab would count fewer than no objects in use";
    return refused("object " + hex(address) + of + " is free already", would + notShown, "");
  }

  private static Refused inside(Machine machine, long address, long object) {
    Slabs slab = machine.slab();
    long start = slab.objectStart(object);
    if (start == Slabs.NULL) {
      String what =
          slab.kind().equals("slob")
              ? " is no block in use: it was freed, or none begins there"
              : " lies in a slab of cache "
                  + slab.cache(slab.cacheOf(object)).name
                  + ", but in none of its objects";
      return refused(hex(address) + what, wouldRound(slab), "");
    }
    String name = hex(Objects.virtual(machine, start));
    return refused(
        hex(address)
            + " is byte "
            + (object - start)
            + " of the object "
            + name
            + " of cache "
            + slab.cache(slab.cacheOf(object)).name,
        wouldRound(slab),
        "kfree " + name);
  }

  private static String wouldRound(Slabs slab) {
    return switch (slab.kind()) {
      case "slab" -> "A real kernel would put it into the CPU's array and hand it out as an object";
      case "slub" ->
          "A real kernel would put it on the freelist and hand out overlapping objects; with"
              + " slub_debug=F it reports \"Invalid object pointer\"";
      default -> "A real kernel would corrupt the chain of free blocks without a word";
    };
  }

  private static void pages(Machine machine, int cache, long address) {
    int pfn = machine.pfnOf(address);
    int head = machine.blockHead(pfn);
    boolean large = head >= 0 && machine.slab().largeOrder((long) head << 12) >= 0;
    if (large && head == pfn && (address & PAGE_MASK) == 0) {
      if (cache == Slabs.NO_CACHE) {
        return;
      }
      throw refused(
          hex(address) + " is a large block of kmalloc, not an object of a cache",
          "A real kernel would warn \"Object is not a Slab page!\" or oops",
          "kfree " + hex(address));
    }
    if (large) {
      String start = hex(machine.addressOf(head));
      throw refused(
          hex(address) + " lies inside the block of kmalloc that begins at " + start,
          "A real kernel would free the whole block",
          "kfree " + start);
    }
    boolean taken = head >= 0 && machine.allocatedOrder(head) >= 0;
    throw refused(
        hex(address)
            + (taken ? " is in pages of the page allocator" : " is in no pages in use")
            + ", not an object",
        "A real kernel would warn that it is no slab page, and drop a reference of the page",
        taken ? "free_pages " + hex(address) + " " + machine.allocatedOrder(head) : "");
  }

  private static Refused refused(String what, String kernelWould, String suggestion) {
    return new Refused(new Refusal(what, kernelWould, suggestion));
  }

  static String hex(long address) {
    return "0x" + Long.toHexString(address);
  }
}
