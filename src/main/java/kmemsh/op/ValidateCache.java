package kmemsh.op;

import kmemsh.machine.Machine;

/**
 * Checks all slabs of a debug cache, as writing 1 to its file validate does; gives how many entries
 * that added to the kernel log.
 */
public record ValidateCache(int cache) implements Op {
  private static final int EINVAL = 22;

  @Override
  public void check(Machine machine) {
    CacheCheck.flushable(machine, cache);
  }

  @Override
  public long run(Machine machine) {
    long before = machine.nrSaid();
    if (!machine.slab().validate(cache)) {
      throw new Refused(
          machine.slab().cache(cache).name
              + " is no debug cache: the write gives -EINVAL, -"
              + EINVAL
              + "; reboot --slub_debug FZPU makes caches debug caches");
    }
    return machine.nrSaid() - before;
  }
}
