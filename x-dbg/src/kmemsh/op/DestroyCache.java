package kmemsh.op;

import kmemsh.machine.ContextRules;
import kmemsh.machine.Machine;
import kmemsh.machine.Slabs;
import kmemsh.view.LogEntry;
import kmemsh.view.Refusal;

/**
 * Gives up a cache by one of its names: {@code kmem_cache_destroy}; gives 0 when it is gone, 1 when
 * others share it, or with {@code --unsafe} a negative errno when it stays with objects in it.
 */
public record DestroyCache(int cache, String name) implements Op {
  @Override
  public void check(Machine machine) {
    CacheCheck.flushable(machine, cache);
    ContextCheck.call(machine, ContextRules.CACHE, "kmem_cache_destroy");
    if (machine.slab().isBootCache(cache)) {
      throw new Refused(
          new Refusal(
              name + " is a cache of the kernel's own, made at boot",
              "A real kernel would pull it from under everyone who uses it",
              ""));
    }
    if (machine.slab().cache(cache).refcount < 1) {
      throw new Refused(
          new Refusal(
              name + " was destroyed before, with objects in it",
              "A real kernel would count its users below 0 and do nothing",
              ""));
    }
    if (machine.slab().kind().equals("slob") && machine.slab().number(cache, "active") > 0) {
      throw inUse("A real kernel with SLOB would not notice: the objects stay in the heap");
    }
  }

  private Refused inUse(String kernelWould) {
    String what = name + " has objects that were not freed: give them back first";
    return new Refused(new Refusal(what, kernelWould, ""));
  }

  @Override
  public long run(Machine machine) {
    Slabs slab = machine.slab();
    int left = slab.destroyCache(cache, name);
    if (left < 0 && machine.profile().unsafe()) {
      machine.printk().say(new LogEntry.CacheNotEmpty(machine.pages().cpu(), name));
    } else if (left < 0) {
      throw inUse(
          "A real kernel would warn \"kmem_cache_destroy "
              + name
              + ": Slab cache still has objects\", keep the cache in /proc/slabinfo and never give"
              + " its pages back");
    }
    return left;
  }
}
