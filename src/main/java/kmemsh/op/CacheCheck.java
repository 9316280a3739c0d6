package kmemsh.op;

import kmemsh.machine.Machine;
import kmemsh.machine.Slabs;
import kmemsh.view.Refusal;

/** Caches that cannot be used. */
final class CacheCheck {
  private CacheCheck() {}

  static void allocator(Machine machine) {
    if (machine.slab() == null) {
      throw new Refused("this machine has no object allocator: reboot gives it one");
    }
  }

  static void exists(Machine machine, int cache) {
    allocator(machine);
    if (!machine.slab().hasCache(cache)) {
      throw new Refused(
          new Refusal(
              "cache number " + cache + " was destroyed",
              "A real kernel cannot tell: it would read whatever lies in the descriptor's memory"
                  + " now",
              ""));
    }
  }

  /** Refuses what takes the freelists of CPUs apart when one of them never ends. */
  static void flushable(Machine machine, int cache) {
    exists(machine, cache);
    if (machine.profile().unsafe() && machine.slab().injuries().holdsForeign(cache)) {
      BadObject.foreign(machine, cache, Integer.MAX_VALUE);
    }
    int cpu = machine.slab().injuries().cpuWithCycle(cache);
    if (cpu >= 0) {
      throw new Refused(
          new Refusal(
              "the freelist of cpu "
                  + cpu
                  + " of cache "
                  + machine.slab().cache(cache).name
                  + " is a cycle, after a double free",
              "A real kernel would walk it for ever with interrupts off: the CPU locks up",
              "undo"));
    }
  }

  /** Refuses caches whose objects only the allocator takes. */
  static void usable(Machine machine, int cache) {
    exists(machine, cache);
    Slabs slab = machine.slab();
    if (slab.isInternal(cache)) {
      throw new Refused(
          new Refusal(
              slab.cache(cache).name + " holds the allocator's own structures",
              "A real kernel exports no pointer to it",
              "kmem_cache_create NAME " + slab.cache(cache).objectSize));
    }
  }
}
