package kmemsh.proc;

import java.util.List;
import kmemsh.view.LogEntry;
import kmemsh.view.Migratetype;
import kmemsh.view.ZoneinfoSnapshot;

/**
 * All of memory as the report of a failed request shows it.
 *
 * <p>Spec: proc-and-user.md 15
 */
final class MemInfoText {
  private final List<String> lines;
  private final LogEntry.AllocFailure failure;
  private final boolean unreclaimable;

  /** With {@code unreclaimable} reclaim has given up on all nodes. */
  MemInfoText(List<String> lines, LogEntry.AllocFailure failure, boolean unreclaimable) {
    this.lines = lines;
    this.failure = failure;
    this.unreclaimable = unreclaimable;
  }

  /** Adds its lines. */
  void add() {
    memInfo();
    List<ZoneinfoSnapshot.Zone> all = failure.zones().zones();
    for (int nid = 0; nid < failure.zones().nodeStats().size(); nid++) {
      node(nid);
    }
    for (int z = 0; z < all.size(); z++) {
      if (isShown(z)) {
        zone(z);
      }
    }
    for (int z = 0; z < all.size(); z++) {
      if (isShown(z)) {
        freeList(z);
      }
    }
    totals();
  }

  private boolean isShown(int z) {
    ZoneinfoSnapshot.Zone zone = failure.zones().zones().get(z);
    return zone.populated() && zone.index() <= failure.highestZone();
  }

  private void memInfo() {
    long free = 0;
    long freePcp = 0;
    long freeCma = 0;
    for (ZoneinfoSnapshot.Zone zone : failure.zones().zones()) {
      free += zone.free();
      freeCma += zone.freeCma();
      freePcp += pcp(zone);
    }
    lines.add("Mem-Info:");
    lines.add("active_anon:0 inactive_anon:0 isolated_anon:0");
    lines.add(" active_file:0 inactive_file:0 isolated_file:0");
    lines.add(" unevictable:0 dirty:0 writeback:0");
    VmFigures vm = new VmFigures(failure.zones());
    lines.add(
        " slab_reclaimable:"
            + vm.node(VmFigures.SLAB_RECLAIMABLE)
            + " slab_unreclaimable:"
            + vm.node(VmFigures.SLAB_UNRECLAIMABLE));
    lines.add(" mapped:0 shmem:0 pagetables:0");
    lines.add(" sec_pagetables:0 bounce:0");
    lines.add(" kernel_misc_reclaimable:0");
    lines.add(" free:" + free + " free_pcp:" + freePcp + " free_cma:" + freeCma);
  }

  private static long pcp(ZoneinfoSnapshot.Zone zone) {
    long sum = 0;
    for (ZoneinfoSnapshot.Pageset set : zone.pagesets()) {
      sum += set.count();
    }
    return sum;
  }

  private void node(int nid) {
    boolean managed = false;
    for (ZoneinfoSnapshot.Zone zone : failure.zones().zones()) {
      managed |= zone.nid() == nid && zone.managed() != 0;
    }
    if (managed) {
      String thp = failure.thp() ? " shmem_thp: 0kB shmem_pmdmapped: 0kB anon_thp: 0kB" : "";
      lines.add(
          "Node "
              + nid
              + " active_anon:0kB inactive_anon:0kB active_file:0kB inactive_file:0kB"
              + " unevictable:0kB isolated(anon):0kB isolated(file):0kB mapped:0kB dirty:0kB"
              + " writeback:0kB shmem:0kB"
              + thp
              + " writeback_tmp:0kB kernel_stack:0kB pagetables:0kB sec_pagetables:0kB"
              + " all_unreclaimable? "
              + (unreclaimable ? "yes" : "no"));
    }
  }

  private String name(ZoneinfoSnapshot.Zone zone) {
    return failure.zones().numa() ? "Node " + zone.nid() + " " + zone.name() : zone.name();
  }

  private void zone(int z) {
    ZoneinfoSnapshot.Zone zone = failure.zones().zones().get(z);
    int cpu = failure.cpu();
    long local = cpu < zone.pagesets().size() ? zone.pagesets().get(cpu).count() : 0;
    lines.add(
        name(zone)
            + size(" free", zone.free())
            + size("boost", zone.boost())
            + size("min", zone.min())
            + size("low", zone.low())
            + size("high", zone.high())
            + "reserved_highatomic:"
            + kb(failure.reservedHighatomic()[z])
            + "KB active_anon:0kB inactive_anon:0kB active_file:0kB inactive_file:0kB"
            + " unevictable:0kB writepending:0kB "
            + size("present", zone.present())
            + size("managed", zone.managed())
            + "mlocked:0kB bounce:0kB "
            + size("free_pcp", pcp(zone))
            + size("local_pcp", local)
            + size("free_cma", zone.freeCma()).trim());
    StringBuilder reserve = new StringBuilder("lowmem_reserve[]:");
    for (long pages : zone.protection()) {
      reserve.append(' ').append(pages);
    }
    lines.add(reserve.toString());
  }

  private static String size(String name, long pages) {
    return name + ":" + kb(pages) + "kB ";
  }

  private void freeList(int z) {
    ZoneinfoSnapshot.Zone zone = failure.zones().zones().get(z);
    StringBuilder out = new StringBuilder(name(zone)).append(": ");
    long total = 0;
    for (int order = 0; order < zone.nrFree().length; order++) {
      long nr = zone.nrFree()[order];
      total += nr << order;
      out.append(nr).append('*').append(kb(1L << order)).append("kB ");
      if (nr != 0) {
        out.append('(');
        for (int mt = 0; mt < Migratetype.NR_TYPES; mt++) {
          if ((failure.types()[z][order] >>> mt & 1) != 0) {
            out.append(Migratetype.letter(mt));
          }
        }
        out.append(") ");
      }
    }
    lines.add(out.append("= ").append(kb(total)).append("kB").toString());
  }

  private void totals() {
    long present = 0;
    long reserved = 0;
    long highmem = 0;
    long cma = 0;
    List<ZoneinfoSnapshot.Zone> zones = failure.zones().zones();
    for (int z = 0; z < zones.size(); z++) {
      present += zones.get(z).present();
      reserved += zones.get(z).present() - zones.get(z).managed();
      cma += zones.get(z).cma();
      highmem += failure.highmem()[z] ? zones.get(z).present() : 0;
    }
    lines.add("0 total pagecache pages");
    lines.add(present + " pages RAM");
    lines.add(highmem + " pages HighMem/MovableOnly");
    lines.add(reserved + " pages reserved");
    if (failure.cma()) {
      lines.add(cma + " pages cma reserved");
    }
  }

  private static long kb(long pages) {
    return 4 * pages;
  }
}
