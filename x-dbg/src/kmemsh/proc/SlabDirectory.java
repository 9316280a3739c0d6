package kmemsh.proc;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import kmemsh.view.CacheInfo;
import kmemsh.view.SlabFlags;
import kmemsh.view.SlubFiles;

/**
 * /sys/kernel/slab: a directory for each cache of SLUB. A cache that may be shared has a directory
 * called after its size and flags; its names are links to it.
 *
 * <p>Spec: slab-allocators.md 3.16
 */
public final class SlabDirectory {
  public static final String PATH = "/sys/kernel/slab";

  private static final String[] FILES = {
    "aliases",
    "align",
    "cache_dma",
    "cpu_partial",
    "cpu_slabs",
    "ctor",
    "destroy_by_rcu",
    "hwcache_align",
    "min_partial",
    "object_size",
    "objects",
    "objects_partial",
    "objs_per_slab",
    "order",
    "partial",
    "poison",
    "reclaim_account",
    "red_zone",
    "remote_node_defrag_ratio",
    "sanity_checks",
    "shrink",
    "slab_size",
    "slabs",
    "slabs_cpu_partial",
    "store_user",
    "total_objects",
    "trace",
    "usersize",
    "validate",
  };

  private SlabDirectory() {}

  /** The names of all directories and links, in alphabetical order. */
  public static List<String> directories(List<SlubFiles> caches) {
    List<String> names = new ArrayList<>();
    for (SlubFiles cache : caches) {
      String id = uniqueId(cache);
      if (!id.equals(cache.cache().name())) {
        names.add(id);
      }
      names.add(cache.cache().name());
    }
    Collections.sort(names);
    return names;
  }

  /** The cache behind a directory or link, or null. */
  public static SlubFiles find(List<SlubFiles> caches, String directory) {
    for (SlubFiles cache : caches) {
      if (cache.cache().name().equals(directory) || uniqueId(cache).equals(directory)) {
        return cache;
      }
    }
    return null;
  }

  /** The name of a cache's own directory: {@code :a-0000104}, or its name if it is never shared. */
  static String uniqueId(SlubFiles files) {
    if (!files.mergeable()) {
      return files.cache().name();
    }
    long flags = files.cache().flags();
    StringBuilder id = new StringBuilder(":");
    add(id, flags, SlabFlags.SLAB_CACHE_DMA, 'd');
    add(id, flags, SlabFlags.SLAB_CACHE_DMA32, 'D');
    add(id, flags, SlabFlags.SLAB_RECLAIM_ACCOUNT, 'a');
    add(id, flags, SlabFlags.SLAB_CONSISTENCY_CHECKS, 'F');
    add(id, flags, SlabFlags.SLAB_ACCOUNT, 'A');
    if (id.length() > 1) {
      id.append('-');
    }
    return id.append(String.format(Locale.ROOT, "%07d", files.cache().size())).toString();
  }

  private static void add(StringBuilder id, long flags, int flag, char letter) {
    if ((flags & flag) != 0) {
      id.append(letter);
    }
  }

  /** The files of each directory, in alphabetical order. */
  public static List<String> names(SlubFiles cache) {
    List<String> names = new ArrayList<>();
    for (String name : FILES) {
      if (text(cache, name) != null) {
        names.add(name);
      }
    }
    return names;
  }

  /** Whether a file can be written; the others of 6.1 can only be read. */
  static boolean isWritable(String name) {
    return switch (name) {
      case "min_partial", "cpu_partial", "remote_node_defrag_ratio", "shrink", "validate" -> true;
      default -> false;
    };
  }

  /** The bytes of a file, or null when there is none of this name. */
  public static String text(SlubFiles files, String name) {
    CacheInfo cache = files.cache();
    return switch (name) {
      case "slab_size" -> line(cache.size());
      case "object_size" -> line(cache.objectSize());
      case "objs_per_slab" -> line(cache.objsPerSlab());
      case "order" -> line(cache.order());
      case "align" -> line(cache.align());
      case "min_partial" -> line(files.minPartial());
      case "cpu_partial" -> line(files.cpuPartial());
      case "usersize" -> line(files.usersize());
      case "aliases" -> line(Math.max(0, files.refcount() - 1));
      case "ctor" -> cache.ctor() ? "ctor+0x0\n" : "";
      case "validate", "shrink" -> "";
      case "remote_node_defrag_ratio" ->
          files.numa() ? line(files.remoteNodeDefragRatio() / 10) : null;
      case "slabs_cpu_partial" -> chains(files);
      default -> counter(files, name);
    };
  }

  private static String counter(SlubFiles files, String name) {
    return switch (name) {
      case "slabs" -> byNode(files, files.nrSlabs());
      case "total_objects" -> byNode(files, files.totalObjects());
      case "objects" -> byNode(files, minus(files.totalObjects(), files.partialFree()));
      case "objects_partial" -> byNode(files, files.partialInuse());
      case "partial" -> byNode(files, files.nrPartial());
      case "cpu_slabs" -> byNode(files, files.cpuSlabs());
      default -> flag(files, name);
    };
  }

  private static String flag(SlubFiles files, String name) {
    return switch (name) {
      case "hwcache_align" -> flag(files, SlabFlags.SLAB_HWCACHE_ALIGN);
      case "reclaim_account" -> flag(files, SlabFlags.SLAB_RECLAIM_ACCOUNT);
      case "destroy_by_rcu" -> flag(files, SlabFlags.SLAB_TYPESAFE_BY_RCU);
      case "cache_dma" -> files.zoneDma() ? flag(files, SlabFlags.SLAB_CACHE_DMA) : null;
      case "sanity_checks" -> flag(files, SlabFlags.SLAB_CONSISTENCY_CHECKS);
      case "trace" -> flag(files, SlabFlags.SLAB_TRACE);
      case "red_zone" -> flag(files, SlabFlags.SLAB_RED_ZONE);
      case "poison" -> flag(files, SlabFlags.SLAB_POISON);
      case "store_user" -> flag(files, SlabFlags.SLAB_STORE_USER);
      default -> null;
    };
  }

  private static String flag(SlubFiles files, int flag) {
    return line((files.cache().flags() & flag) != 0 ? 1 : 0);
  }

  private static String line(long number) {
    return number + "\n";
  }

  private static long[] minus(long[] from, long[] what) {
    long[] rest = from.clone();
    for (int i = 0; i < rest.length; i++) {
      rest[i] -= what[i];
    }
    return rest;
  }

  private static String byNode(SlubFiles files, long[] numbers) {
    long sum = 0;
    StringBuilder nodes = new StringBuilder();
    for (int nid = 0; nid < numbers.length; nid++) {
      sum += numbers[nid];
      if (files.numa() && numbers[nid] != 0) {
        nodes.append(" N").append(nid).append('=').append(numbers[nid]);
      }
    }
    return sum + nodes.toString() + "\n";
  }

  private static String chains(SlubFiles files) {
    long sum = 0;
    StringBuilder cpus = new StringBuilder();
    for (int cpu = 0; cpu < files.chains().length; cpu++) {
      long slabs = files.chains()[cpu];
      sum += slabs;
      if (files.smp() && slabs != 0) {
        cpus.append(" C").append(cpu).append('=').append(objects(files, slabs));
      }
    }
    return objects(files, sum) + cpus + "\n";
  }

  private static String objects(SlubFiles files, long slabs) {
    return slabs * files.cache().objsPerSlab() / 2 + "(" + slabs + ")";
  }
}
