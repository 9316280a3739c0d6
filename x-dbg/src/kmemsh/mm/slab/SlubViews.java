package kmemsh.mm.slab;

import static kmemsh.mm.slab.SlubSlabs.NO_OBJECT;
import static kmemsh.mm.slab.SlubSlabs.NO_SLAB;

import java.util.ArrayList;
import java.util.List;
import kmemsh.view.CacheInfo;
import kmemsh.view.CachePicture.ObjectArray;
import kmemsh.view.SlubFiles;

/** Looks at SLUB. Spec: slab-allocators.md 3.1, 3.15, 3.16 */
final class SlubViews implements SlabLooks {
  private static final int[] NONE = {};

  private final Slub slub;
  private final SlubSlabs slabs;
  private final long pageOffset;

  SlubViews(Slub slub, long pageOffset) {
    this.slub = slub;
    this.pageOffset = pageOffset;
    this.slabs = slub.slabs;
  }

  @Override
  public CacheInfo info(KmemCache of) {
    SlubCache cache = (SlubCache) of;
    long nrSlabs = 0;
    long objects = 0;
    long partialFree = 0;
    for (SlubNode node : cache.nodes) {
      nrSlabs += node.nrSlabs;
      objects += node.totalObjects;
      partialFree += freeOf(node.partialHead);
    }
    long waiting = 0;
    for (SlubCpu cpu : cache.cpus) {
      waiting += cpu.slab == NO_SLAB ? 0 : chain(cpu.slab, cpu.freelist);
      waiting += cpu.slab == NO_SLAB ? 0 : chain(cpu.slab, slabs.freelist(cpu.slab));
      waiting += freeOf(cpu.partial);
    }
    long active = objects - partialFree;
    return new CacheInfo(
        cache.name,
        SlabQueries.descriptor(cache, pageOffset),
        cache.objectSize,
        cache.size,
        cache.align,
        cache.flags & 0xffffffffL,
        Math.max(0, cache.refcount - 1),
        cache.ctor,
        cache.order,
        cache.nrObjects,
        active,
        objects,
        active - waiting,
        waiting,
        nrSlabs,
        nrSlabs,
        pages(cache, nrSlabs, objects),
        0,
        0,
        0,
        0);
  }

  /** A slab of the smaller order has fewer objects, so the counters tell how many there are. */
  private static long pages(SlubCache cache, long nrSlabs, long objects) {
    int less = cache.nrObjects - cache.minObjects;
    long small = less == 0 ? 0 : (nrSlabs * cache.nrObjects - objects) / less;
    return ((nrSlabs - small) << cache.order) + (small << cache.minOrder);
  }

  private long freeOf(int first) {
    long free = 0;
    for (int slab = first; slab != NO_SLAB; slab = slabs.next(slab)) {
      free += slabs.objects(slab) - slabs.inuse(slab);
    }
    return free;
  }

  private int chain(int slab, int first) {
    int base = slabs.linkBase(slab);
    int most = slabs.objects(slab);
    int nr = 0;
    for (int i = first; i != NO_OBJECT && nr < most; i = slabs.links.get(base + i)) {
      nr++;
    }
    return nr;
  }

  @Override
  public List<ObjectArray> arrays(KmemCache cache) {
    return List.of();
  }

  @Override
  public List<Row> slabs(KmemCache of) {
    SlubCache cache = (SlubCache) of;
    List<Row> rows = new ArrayList<>();
    for (int k = 0; k < cache.cpus.length; k++) {
      SlubCpu cpu = cache.cpus[k];
      if (cpu.slab != NO_SLAB) {
        int[] own = slabs.listFrom(cpu.slab, cpu.freelist);
        rows.add(row(cache, "cpu slab", k, cpu.slab, own, "freelist of cpu " + k));
      }
      list(cache, "cpu partial", k, cpu.partial, rows);
    }
    for (SlubNode node : cache.nodes) {
      list(cache, "partial", node.nid, node.partialHead, rows);
      list(cache, "full", node.nid, node.fullHead, rows);
    }
    for (int slab = 1; slab < slabs.end(); slab++) {
      boolean unlisted = slabs.isUsed(slab) && slabs.place(slab) == SlubSlabs.NOWHERE;
      if (unlisted && slabs.cache(slab) == cache.id) {
        rows.add(row(cache, "full", slub.blocks.nodeOfSlab(cache, slab).nid, slab, NONE, ""));
      }
    }
    return rows;
  }

  private void list(SlubCache cache, String name, int owner, int first, List<Row> rows) {
    for (int slab = first; slab != NO_SLAB; slab = slabs.next(slab)) {
      rows.add(row(cache, name, owner, slab, NONE, ""));
    }
  }

  private Row row(SlubCache cache, String list, int owner, int slab, int[] waiting, String holder) {
    return new Row(
        list,
        owner,
        slabs.pfn(slab),
        slabs.order(slab),
        cache.redLeftPad,
        slabs.objects(slab),
        slabs.listFrom(slab, slabs.freelist(slab)),
        waiting,
        holder,
        SlabAllocator.NULL);
  }

  @Override
  public int indexBytes(KmemCache cache) {
    return 0;
  }

  @Override
  public String index(KmemCache of, Row slab) {
    SlubCache cache = (SlubCache) of;
    return "a chain through the free objects, pointer at byte " + cache.offset;
  }

  /** The numbers of the files in /sys/kernel/slab. */
  SlubFiles files(KmemCache of) {
    SlubCache cache = (SlubCache) of;
    int nrNodes = cache.nodes.length;
    long[] nrSlabs = new long[nrNodes];
    long[] total = new long[nrNodes];
    long[] nrPartial = new long[nrNodes];
    long[] partialInuse = new long[nrNodes];
    long[] partialFree = new long[nrNodes];
    for (int nid = 0; nid < nrNodes; nid++) {
      SlubNode node = cache.nodes[nid];
      nrSlabs[nid] = node.nrSlabs;
      total[nid] = node.totalObjects;
      nrPartial[nid] = node.nrPartial;
      partialFree[nid] = freeOf(node.partialHead);
      partialInuse[nid] = inuseOf(node.partialHead);
    }
    long[] cpuSlabs = new long[nrNodes];
    long[] chains = new long[cache.cpus.length];
    for (int k = 0; k < chains.length; k++) {
      SlubCpu cpu = cache.cpus[k];
      chains[k] = cpu.partial == NO_SLAB ? 0 : slabs.slabsFrom(cpu.partial);
      if (cpu.slab != NO_SLAB) {
        cpuSlabs[slub.blocks.nodeOfSlab(cache, cpu.slab).nid]++;
        if (cpu.partial != NO_SLAB) {
          cpuSlabs[slub.blocks.nodeOfSlab(cache, cpu.partial).nid] += chains[k];
        }
      }
    }
    return new SlubFiles(
        info(cache),
        slub.config.smp(),
        slub.config.numa(),
        slub.config.zoneDma(),
        cache.refcount,
        cache.isMergeable(),
        cache.minPartial,
        cache.cpuPartial,
        cache.usersize,
        cache.remoteNodeDefragRatio,
        nrSlabs,
        total,
        nrPartial,
        partialInuse,
        partialFree,
        cpuSlabs,
        chains);
  }

  private long inuseOf(int first) {
    long inuse = 0;
    for (int slab = first; slab != NO_SLAB; slab = slabs.next(slab)) {
      inuse += slabs.inuse(slab);
    }
    return inuse;
  }
}
