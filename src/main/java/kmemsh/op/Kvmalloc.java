package kmemsh.op;

import kmemsh.machine.AddressSpace;
import kmemsh.machine.Machine;
import kmemsh.view.Gfp;
import kmemsh.view.LogEntry;

/**
 * {@code kvmalloc}, {@code kvzalloc}: kmalloc where that is easy, else vmalloc; gives the address,
 * 0 for NULL. Spec: mappings.md 12
 */
public record Kvmalloc(long sizeBytes, int gfpMask) implements Op {
  private static final long PAGE_BYTES = 4096;

  @Override
  public void check(Machine machine) {
    GfpCheck.check(machine, gfpMask);
    CacheCheck.allocator(machine);
  }

  /** Whether it goes on to vmalloc when kmalloc has nothing. */
  public boolean triesVmalloc() {
    boolean maySleep = (gfpMask & Gfp.__GFP_DIRECT_RECLAIM) != 0;
    return sizeBytes > PAGE_BYTES && maySleep && sizeBytes <= Integer.MAX_VALUE;
  }

  @Override
  public long run(Machine machine) {
    if (sizeBytes <= PAGE_BYTES) {
      return new Kmalloc(sizeBytes, gfpMask).run(machine);
    }
    int mask = gfpMask | Gfp.__GFP_NOWARN;
    if ((mask & Gfp.__GFP_RETRY_MAYFAIL) == 0) {
      mask |= Gfp.__GFP_NORETRY;
    }
    long object = new Kmalloc(sizeBytes, mask & ~Gfp.__GFP_NOFAIL).run(machine);
    if (object != 0) {
      return object;
    }
    if (!triesVmalloc()) {
      boolean maySleep = (gfpMask & Gfp.__GFP_DIRECT_RECLAIM) != 0;
      if (maySleep && (gfpMask & Gfp.__GFP_NOWARN) == 0) {
        machine.printk().warnOnce(LogEntry.Warning.HUGE_KVMALLOC);
      }
      return 0;
    }
    return VmallocArea.take(machine, sizeBytes, 1, gfpMask, AddressSpace.VM_ALLOW_HUGE_VMAP);
  }
}
