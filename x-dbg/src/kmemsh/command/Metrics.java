package kmemsh.command;

import java.util.ArrayList;
import java.util.List;
import kmemsh.lang.Arithmetic;
import kmemsh.lang.LineError;
import kmemsh.machine.Machine;
import kmemsh.machine.MachineQueries;
import kmemsh.machine.Slabs;
import kmemsh.session.Session;
import kmemsh.session.TimeWalk;
import kmemsh.view.CacheInfo;
import kmemsh.view.CacheTable;
import kmemsh.view.Fragmentation;
import kmemsh.view.Plot;

/** Numbers of a machine by name, over the history of a session. */
final class Metrics {
  /** Rows of name and meaning; every expression is a number, too. */
  static final String[][] NAMES = {
    {"free", "free pages of all zones"},
    {"largest", "pages of the largest free block"},
    {"frag", "free memory in blocks below the largest order, in thousandths"},
    {"slabs", "slabs of all caches"},
    {"objects", "objects in the hands of users"},
  };

  private static final int MOST_MOMENTS = 240;

  private final Arguments arguments;
  private final Session session;

  Metrics(Arguments arguments) {
    this.arguments = arguments;
    this.session = arguments.session();
  }

  /** The numbers called {@code names} from boot to now, at up to {@value #MOST_MOMENTS} moments. */
  Plot plot(List<String> names) {
    int[] moments = moments(session.now());
    long[][] values = new long[names.size()][moments.length];
    LineError[] meaningless = new LineError[names.size()];
    boolean[] meant = new boolean[names.size()];
    try {
      new TimeWalk(session)
          .each(
              moments,
              i -> {
                follow();
                for (int s = 0; s < names.size(); s++) {
                  try {
                    values[s][i] = number(names.get(s));
                    meant[s] = true;
                  } catch (LineError none) {
                    values[s][i] = Plot.NONE;
                    meaningless[s] = none;
                  }
                }
              });
    } finally {
      follow();
    }
    for (int s = 0; s < names.size(); s++) {
      if (!meant[s]) {
        throw meaningless[s];
      }
    }
    List<Plot.Series> series = new ArrayList<>();
    for (int s = 0; s < names.size(); s++) {
      series.add(new Plot.Series(names.get(s), values[s]));
    }
    return new Plot(moments, series);
  }

  private void follow() {
    arguments.lab().values().follow(session.cuts(), session.now(), session.lastReboot());
  }

  private static int[] moments(int now) {
    int nr = Math.min(now + 1, MOST_MOMENTS);
    int[] moments = new int[nr];
    for (int i = 0; i < nr; i++) {
      moments[i] = nr == 1 ? now : (int) ((long) i * now / (nr - 1));
    }
    return moments;
  }

  private long number(String name) {
    return switch (name) {
      case "free" -> free(0);
      case "largest" -> largest();
      case "frag" -> frag();
      case "slabs" -> slabs();
      case "objects" -> objects();
      default -> Arithmetic.toNumber(arguments.evaluate(name));
    };
  }

  private MachineQueries queries() {
    return new MachineQueries(session.machine());
  }

  /** Free pages of all zones in blocks of {@code order} and above. */
  private long free(int order) {
    long pages = 0;
    for (Fragmentation.Zone zone : queries().frames().fragmentation("").zones()) {
      for (int o = order; o < zone.nrFree().length; o++) {
        pages += (long) zone.nrFree()[o] << o;
      }
    }
    return pages;
  }

  private long largest() {
    int order = -1;
    for (Fragmentation.Zone zone : queries().frames().fragmentation("").zones()) {
      order = Math.max(order, zone.largestOrder());
    }
    return order < 0 ? 0 : 1L << order;
  }

  private long frag() {
    long all = free(0);
    return all == 0 ? 1000 : (all - free(Arguments.MAX_ORDER)) * 1000 / all;
  }

  private long slabs() {
    Slabs slab = session.machine().slab();
    return slab == null ? 0 : slab.nrSlabs();
  }

  private long objects() {
    Machine machine = session.machine();
    long objects = 0;
    if (machine.slab() != null) {
      for (CacheInfo cache : queries().slab().table(CacheTable.SLABINFO).caches()) {
        objects += cache.usedObjs();
      }
    }
    return objects;
  }
}
