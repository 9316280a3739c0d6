package kmemsh.command;

import java.util.ArrayList;
import java.util.List;
import kmemsh.lang.Words;
import kmemsh.op.Refused;
import kmemsh.view.CacheInfo;
import kmemsh.view.CacheTable;

/** {@code slabinfo}, {@code cache_chain} and {@code slabtop [-s KEY] [-o]}: all caches. */
final class CacheTableCommand extends LookCommand {
  private static final String SORT = "--sort";
  private static final String KEYS = "abclnopsuv";

  private final String layout;

  private CacheTableCommand(Usage usage, String layout) {
    super(usage);
    this.layout = layout;
  }

  static CacheTableCommand slabinfo() {
    return new CacheTableCommand(
        new Usage("slabinfo", CommandTable.LOOKING, "Show caches, their objects, slabs and pages"),
        CacheTable.SLABINFO);
  }

  static CacheTableCommand chain() {
    return new CacheTableCommand(
        new Usage("cache_chain", CommandTable.LOOKING, "List all caches in the kernel's order"),
        CacheTable.CHAIN);
  }

  static CacheTableCommand slabtop() {
    return new CacheTableCommand(
        new Usage("slabtop", CommandTable.LOOKING, "Show caches as slabtop does, largest first")
            .option("-s " + SORT, "KEY", ArgKind.NAME, "o", "a, b, c, l, n, o, p, s, u or v")
            .flag("-o --once", "once, which is what it always does here"),
        CacheTable.SLABTOP);
  }

  @Override
  public Reply run(Arguments arguments) {
    CacheTable table = machine(arguments).slab().table(layout);
    if (!layout.equals(CacheTable.SLABTOP)) {
      return Reply.of(table);
    }
    CacheLook.needSlabs(arguments);
    String key = arguments.hasOption(SORT) ? arguments.option(SORT) : "o";
    if (key.length() != 1 || KEYS.indexOf(key.charAt(0)) < 0) {
      throw new Refused(
          Words.show(key)
              + " is no key: a active, b objects a slab, c size of the cache, l slabs, n name,"
              + " o objects, p pages a slab, s size of an object, u use, v active slabs");
    }
    List<CacheInfo> caches = new ArrayList<>(table.caches());
    char by = key.charAt(0);
    if (by == 'n') {
      caches.sort((one, other) -> one.name().compareTo(other.name()));
    } else {
      caches.sort((one, other) -> Long.compare(value(other, by), value(one, by)));
    }
    return Reply.of(new CacheTable(layout, table.allocator(), caches, 0));
  }

  private static long value(CacheInfo cache, char key) {
    return switch (key) {
      case 'a' -> cache.activeObjs();
      case 'b' -> cache.objsPerSlab();
      case 'c' -> cache.slabBytes();
      case 'l' -> cache.numSlabs();
      case 'p' -> 1L << cache.order();
      case 's' -> cache.size();
      case 'u' -> cache.numObjs() == 0 ? 0 : cache.activeObjs() * 100 / cache.numObjs();
      case 'v' -> cache.activeSlabs();
      default -> cache.numObjs();
    };
  }
}
