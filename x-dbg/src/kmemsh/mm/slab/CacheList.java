package kmemsh.mm.slab;

import java.util.Arrays;

/**
 * All caches: by number, and in the order of {@code slab_caches}, which begins with the newest.
 *
 * <p>Spec: slab-allocators.md 1.1
 */
public final class CacheList {
  private static final int FIRST_ROOM = 128;

  private KmemCache[] byId = new KmemCache[FIRST_ROOM];
  private int nextId;
  private KmemCache newest;
  private KmemCache oldest;
  private int nrCaches;

  /** The number that the next cache gets. */
  public int nextId() {
    return nextId;
  }

  /** The cache with this number, or null. */
  public KmemCache get(int id) {
    return id >= 0 && id < nextId ? byId[id] : null;
  }

  /** Caches in the list. */
  public int size() {
    return nrCaches;
  }

  /** The first of the list, or null; {@link KmemCache#older} goes on. */
  public KmemCache newest() {
    return newest;
  }

  public KmemCache oldest() {
    return oldest;
  }

  /** The newest cache of this name, or null. */
  public KmemCache named(String name) {
    for (KmemCache cache = newest; cache != null; cache = cache.older()) {
      if (cache.name.equals(name)) {
        return cache;
      }
    }
    return null;
  }

  /** Puts {@code cache} in front; its number must be {@link #nextId} or above. */
  public void add(KmemCache cache) {
    if (cache.id >= byId.length) {
      byId = Arrays.copyOf(byId, Math.max(cache.id + 1, 2 * byId.length));
    }
    byId[cache.id] = cache;
    nextId = Math.max(nextId, cache.id + 1);
    append(cache);
  }

  private void append(KmemCache cache) {
    cache.newer = null;
    cache.older = newest;
    if (newest == null) {
      oldest = cache;
    } else {
      newest.newer = cache;
    }
    newest = cache;
    nrCaches++;
  }

  public void remove(KmemCache cache) {
    byId[cache.id] = null;
    if (cache.newer == null) {
      newest = cache.older;
    } else {
      cache.newer.older = cache.older;
    }
    if (cache.older == null) {
      oldest = cache.newer;
    } else {
      cache.older.newer = cache.newer;
    }
    nrCaches--;
  }

  public void clear() {
    byId = new KmemCache[FIRST_ROOM];
    nextId = 0;
    newest = null;
    oldest = null;
    nrCaches = 0;
  }

  State checkpoint() {
    KmemCache[] caches = new KmemCache[nrCaches];
    int[] refcounts = new int[nrCaches];
    int[] objectSizes = new int[nrCaches];
    int at = 0;
    for (KmemCache cache = oldest; cache != null; cache = cache.newer) {
      caches[at] = cache;
      refcounts[at] = cache.refcount;
      objectSizes[at++] = cache.objectSize;
    }
    return new State(caches, refcounts, objectSizes, nextId);
  }

  void restore(State state) {
    clear();
    byId = new KmemCache[Math.max(FIRST_ROOM, state.nextId)];
    for (int i = 0; i < state.caches.length; i++) {
      KmemCache cache = state.caches[i];
      cache.refcount = state.refcounts[i];
      cache.objectSize = state.objectSizes[i];
      byId[cache.id] = cache;
      append(cache);
    }
    nextId = state.nextId;
  }

  /** The list at one moment, oldest first. */
  static final class State {
    private final KmemCache[] caches;
    private final int[] refcounts;
    private final int[] objectSizes;
    private final int nextId;

    private State(KmemCache[] caches, int[] refcounts, int[] objectSizes, int nextId) {
      this.caches = caches;
      this.refcounts = refcounts;
      this.objectSizes = objectSizes;
      this.nextId = nextId;
    }
  }
}
