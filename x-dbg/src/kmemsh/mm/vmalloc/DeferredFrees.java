package kmemsh.mm.vmalloc;

/**
 * Frees of interrupt context, which a worker does later; the newest is at the head, as in the
 * kernel's list.
 *
 * <p>Spec: mappings.md 8
 */
public final class DeferredFrees {
  private static final long[] NONE = {};

  private final Vmalloc vmalloc;
  private long[] queue = NONE;

  DeferredFrees(Vmalloc vmalloc) {
    this.vmalloc = vmalloc;
  }

  public void add(long address) {
    long[] more = new long[queue.length + 1];
    more[0] = address;
    System.arraycopy(queue, 0, more, 1, queue.length);
    queue = more;
  }

  public boolean has(long address) {
    for (long one : queue) {
      if (one == address) {
        return true;
      }
    }
    return false;
  }

  /** The worker frees what was queued. */
  public void run() {
    long[] queued = queue;
    queue = NONE;
    for (long address : queued) {
      vmalloc.vfree(address);
    }
  }

  /** Never written to again. */
  long[] checkpoint() {
    return queue;
  }

  void restore(long[] state) {
    queue = state;
  }
}
