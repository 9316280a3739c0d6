package kmemsh.command;

import java.util.List;
import kmemsh.op.Refused;
import kmemsh.view.CacheInfo;
import kmemsh.view.CacheTable;

/** {@code kmem -s [NAME]} and {@code kmem -S NAME}: caches as the crash utility shows them. */
final class KmemCommand extends LookCommand {
  private static final String CACHES = "-s";
  private static final String OBJECTS = "-S";

  KmemCommand() {
    super(
        new Usage("kmem", CommandTable.LOOKING, "Show caches in the columns of the crash utility")
            .flag(CACHES, "caches and their counters")
            .flag(OBJECTS, "one cache with every object of every slab")
            .optional("NAME", ArgKind.CACHE, "all caches", "one cache"));
  }

  @Override
  public Reply run(Arguments arguments) {
    boolean objects = arguments.hasOption(OBJECTS);
    if (!objects && !arguments.hasOption(CACHES)) {
      throw new Refused("kmem needs -s for caches or -S NAME for the objects of one");
    }
    if (objects && !arguments.has(0)) {
      throw new Refused("kmem -S needs the name of a cache behind it");
    }
    CacheLook.needSlabs(arguments);
    if (objects) {
      return Reply.of(machine(arguments).slab().kmem(CacheLook.name(arguments, 0)));
    }
    CacheTable table = machine(arguments).slab().table(CacheTable.KMEM);
    if (!arguments.has(0)) {
      return Reply.of(table);
    }
    String name = CacheLook.name(arguments, 0);
    CacheInfo one = null;
    for (CacheInfo cache : table.caches()) {
      one = cache.name().equals(name) ? cache : one;
    }
    return Reply.of(new CacheTable(CacheTable.KMEM, table.allocator(), List.of(one), 0));
  }
}
