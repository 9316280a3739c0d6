package kmemsh.command;

import java.util.List;
import kmemsh.machine.SpaceQueries;
import kmemsh.op.Refused;
import kmemsh.view.CacheInfo;
import kmemsh.view.CacheTable;

/**
 * {@code kmem -s [NAME]}, {@code kmem -S NAME}, {@code kmem -v}: caches and areas as the crash
 * utility shows them.
 */
final class KmemCommand extends LookCommand {
  private static final String CACHES = "-s";
  private static final String OBJECTS = "-S";
  private static final String AREAS = "-v";

  KmemCommand() {
    super(
        new Usage("kmem", CommandTable.LOOKING, "Show caches or areas as the crash utility does")
            .flag(CACHES, "caches and their counters")
            .flag(OBJECTS, "one cache with every object of every slab")
            .flag(AREAS, "areas of the vmalloc range")
            .optional("NAME", ArgKind.CACHE, "all caches", "one cache"));
  }

  @Override
  public Reply run(Arguments arguments) {
    if (arguments.hasOption(AREAS)) {
      return Reply.of(new SpaceQueries(arguments.session().machine()).kmemAreas());
    }
    boolean objects = arguments.hasOption(OBJECTS);
    if (!objects && !arguments.hasOption(CACHES)) {
      throw new Refused(
          "kmem needs -s for caches, -S NAME for the objects of one or -v for vmalloc");
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
