package kmemsh.mm.slab;

import java.util.Arrays;
import kmemsh.machine.Machine;
import kmemsh.machine.MachineOptions;
import kmemsh.machine.Profile;
import kmemsh.machine.Profiles;
import kmemsh.mm.page.PageMachine;
import kmemsh.view.SlabState;

/** A small x86_64 machine that has booted with SLAB. */
final class SlabLab {
  private static final long MEM_BYTES = 256L << 20;
  private static final int NUMA_MEM_SHIFT = 4;

  final PageMachine pages;
  final Slab slab;
  final SlabCommon common;

  private SlabLab(int nrCpus, int nrNodes, long memBytes) {
    Profile profile =
        Profiles.make(new MachineOptions("x86_64", "", memBytes, nrCpus, nrNodes, "slab"));
    pages = new Machine(profile).pages();
    boolean smp = nrCpus > 1;
    SlabConfig config =
        new SlabConfig(
            Long.BYTES,
            64,
            nrCpus,
            nrCpus,
            profile.cpuNode(),
            nrNodes,
            smp,
            nrNodes > 1,
            true,
            memBytes >>> 12,
            128 + 8 * (nrNodes - 1),
            smp ? 120 : 112,
            false,
            true,
            -1,
            0,
            3,
            0,
            null);
    slab = new Slab(config, pages);
    common = new SlabCommon(slab);
    common.boot();
  }

  static SlabLab up() {
    return new SlabLab(1, 1, MEM_BYTES);
  }

  static SlabLab smp(int nrCpus) {
    return new SlabLab(nrCpus, 1, MEM_BYTES);
  }

  /** Two nodes; CPUs are spread over them. */
  static SlabLab numa(int nrCpus) {
    return new SlabLab(nrCpus, 2, MEM_BYTES << NUMA_MEM_SHIFT);
  }

  /** A cache that is shared with no other. */
  KmemCache cache(String name, int size, int align, boolean ctor) {
    int id = common.createCache(new CacheSpec(name, size, align, 0, ctor, 0, ctor ? 0 : size));
    return slab.caches().get(id);
  }

  /** Pages that are on no one's hands: on free lists and on the page sets of CPUs. */
  long freePages() {
    long free = 0;
    for (int zone = 0; zone < pages.nrZones(); zone++) {
      if (pages.isPopulated(zone)) {
        free += pages.nrFreePages(zone);
        for (int cpu = 0; cpu < slab.config().cpuNode().length; cpu++) {
          free +=
              pages.fingerprints().pcpFields(zone, cpu)[0]
                  + pages.fingerprints().pcpFields(zone, cpu)[5];
        }
      }
    }
    return free;
  }

  /** Objects handed out of each cache and not in arrays. */
  String counts() {
    StringBuilder text = new StringBuilder();
    for (KmemCache of = slab.caches().oldest(); of != null; of = of.newer()) {
      SlabCache cache = (SlabCache) of;
      int used = 0;
      for (SlabArray array : cache.arrays) {
        used -= array.avail;
      }
      for (SlabNode node : cache.nodes) {
        used += node.totalSlabs * cache.nrObjects - node.freeObjects;
        used -= node.shared == null ? 0 : node.shared.avail;
        for (SlabArray alien : node.alien == null ? new SlabArray[0] : node.alien) {
          used -= alien == null ? 0 : alien.avail;
        }
      }
      text.append(cache.name).append(' ').append(used).append('\n');
    }
    return text.toString();
  }

  /** Everything of {@code state}, to be compared. */
  static String text(SlabState state) {
    StringBuilder text = new StringBuilder();
    for (SlabState.ArrayCache array : state.arrays()) {
      text.append(array.cache()).append(' ').append(array.kind()).append(' ');
      text.append(array.owner()).append('>').append(array.other()).append(' ');
      text.append(array.limit()).append(' ').append(array.batch()).append(' ');
      text.append(array.touched()).append(Arrays.toString(array.entries())).append('\n');
    }
    for (SlabState.Node node : state.nodes()) {
      text.append(node.cache()).append(' ').append(node.nid()).append(' ');
      text.append(Arrays.toString(node.counters())).append('\n');
    }
    for (SlabState.Slab slab : state.slabs()) {
      text.append(slab.cache()).append(' ').append(slab.nid()).append(slab.list());
      text.append(slab.pfn()).append(' ').append(slab.smem()).append(' ').append(slab.active());
      text.append(' ').append(slab.freelist()).append(Arrays.toString(slab.free())).append('\n');
    }
    return text.toString();
  }
}
