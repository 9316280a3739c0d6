package kmemsh.proc;

import kmemsh.view.CacheInfo;
import kmemsh.view.CacheTable;
import kmemsh.view.ProcSnapshots;

/**
 * /proc/slabinfo: a row for each cache, the newest first. There is none with SLOB.
 *
 * <p>Spec: slab-allocators.md 2.15, 3.15
 */
final class SlabinfoFile implements ProcFile {
  static final String PATH = "/proc/slabinfo";

  private static final String HEAD =
      "slabinfo - version: 2.1\n"
          + "# name            <active_objs> <num_objs> <objsize> <objperslab> <pagesperslab>"
          + " : tunables <limit> <batchcount> <sharedfactor>"
          + " : slabdata <active_slabs> <num_slabs> <sharedavail>\n";

  @Override
  public String path() {
    return PATH;
  }

  @Override
  public boolean writable() {
    return true;
  }

  @Override
  public String text(ProcSnapshots machine) {
    return text(machine.caches());
  }

  static String text(CacheTable table) {
    ProcText out = new ProcText().add(HEAD);
    for (CacheInfo cache : table.caches()) {
      out.left(cache.name(), 17).add(" ").right(cache.activeObjs(), 6);
      out.add(" ").right(cache.numObjs(), 6).add(" ").right(cache.size(), 6);
      out.add(" ").right(cache.objsPerSlab(), 4).add(" ").right(1L << cache.order(), 4);
      out.add(" : tunables ").right(cache.limit(), 4).add(" ").right(cache.batchcount(), 4);
      out.add(" ").right(cache.sharedFactor(), 4);
      out.add(" : slabdata ").right(cache.activeSlabs(), 6);
      out.add(" ").right(cache.numSlabs(), 6).add(" ").right(cache.sharedAvail(), 6).line();
    }
    return out.toString();
  }
}
