package kmemsh.machine;

import java.util.Arrays;
import kmemsh.mm.slab.CacheList;
import kmemsh.mm.slab.KmemCache;

/**
 * What the caches of a machine are called. A cache that several creations share has several names;
 * one that was destroyed by one of them keeps the others.
 */
final class CacheNames {
  private final CacheList caches;

  /** Names that creations gave or destructions took; null while all caches are called as made. */
  private Handle newest;

  /** {@code name} means {@code cache}, or no cache, whatever {@code before} says. */
  private record Handle(String name, int cache, Handle before) {}

  CacheNames(CacheList caches) {
    this.caches = caches;
  }

  /** The cache of that name, or {@link Slabs#NO_CACHE}. */
  int find(String name) {
    for (Handle handle = newest; handle != null; handle = handle.before) {
      if (handle.name.equals(name)) {
        return handle.cache;
      }
    }
    KmemCache cache = caches.named(name);
    return cache == null ? Slabs.NO_CACHE : cache.id;
  }

  /** The names that {@link #find} knows, newest first. */
  String[] all() {
    String[] names = new String[caches.size()];
    int nr = 0;
    for (KmemCache cache = caches.newest(); cache != null; cache = cache.older()) {
      if (find(cache.name) != Slabs.NO_CACHE) {
        names[nr++] = cache.name;
      }
    }
    for (Handle handle = newest; handle != null; handle = handle.before) {
      boolean shown = handle.cache == Slabs.NO_CACHE || find(handle.name) != handle.cache;
      for (int i = 0; i < nr; i++) {
        shown |= names[i].equals(handle.name);
      }
      if (!shown) {
        names = Arrays.copyOf(names, Math.max(nr + 1, names.length));
        names[nr++] = handle.name;
      }
    }
    return Arrays.copyOf(names, nr);
  }

  /** A creation gave {@code cache} this name. */
  void created(String name, int cache) {
    if (find(name) != cache) {
      newest = new Handle(name, cache, newest);
    }
  }

  /** A destruction took {@code name} from {@code cache}, or with {@code gone} all its names. */
  void destroyed(String name, int cache, boolean gone) {
    if (gone) {
      for (Handle handle = newest; handle != null; handle = handle.before) {
        if (handle.cache == cache && find(handle.name) == cache) {
          newest = new Handle(handle.name, Slabs.NO_CACHE, newest);
        }
      }
    }
    if (find(name) == cache) {
      newest = new Handle(name, Slabs.NO_CACHE, newest);
    }
  }

  Object checkpoint() {
    return newest;
  }

  void restore(Object saved) {
    newest = (Handle) saved;
  }
}
