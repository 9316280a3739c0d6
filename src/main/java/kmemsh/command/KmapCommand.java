package kmemsh.command;

import kmemsh.lang.Value;
import kmemsh.machine.Highmem;
import kmemsh.machine.HighmemQueries;
import kmemsh.machine.Machine;
import kmemsh.op.Kmap;
import kmemsh.op.KmapLocal;
import kmemsh.op.KmapPages;
import kmemsh.op.Op;

/** {@code kmap}, {@code kmap_local_page}, {@code kmap_atomic}: an address for a page. */
final class KmapCommand extends OpCommand {
  private final Machine machine;

  private KmapCommand(Usage usage, Lab lab) {
    super(usage);
    machine = lab.session().machine();
  }

  /** The command of that name. */
  static KmapCommand of(String name, Lab lab) {
    String summary =
        switch (name) {
          case "kmap" -> "Give a page an address that all may use until kunmap";
          case "kmap_local_page" -> "Give a page an address for this task, for a short while";
          default -> "Give a page an address and switch preemption off";
        };
    return new KmapCommand(
        new Usage(name, CommandTable.SPACE, summary)
            .prototype("void *" + name + "(struct page *page)")
            .optional("PAGE", ArgKind.PAGE, "the last page", usageOf(name)),
        lab);
  }

  private static String usageOf(String name) {
    return name.equals("kmap") ? "a page, a pfn or a list of pages" : "a page, a pfn";
  }

  @Override
  public Op bind(Arguments arguments) {
    if (usage().name().equals("kmap") && PageArgument.isList(arguments, 0)) {
      return new KmapPages(arguments.value(0).elements(), true);
    }
    if (arguments.has(0)) {
      arguments.live(arguments.value(0));
    }
    int pfn =
        arguments.has(0)
            ? PageArgument.pfn(machine, arguments, 0)
            : (int) arguments.pageOrLast(0).number();
    String name = usage().name();
    return name.equals("kmap") ? new Kmap(pfn) : new KmapLocal(pfn, name.equals("kmap_atomic"));
  }

  @Override
  public Reply reply(Op op, long result) {
    HighmemQueries queries = new HighmemQueries(machine);
    int pfn = machine.pfnOf(result);
    if (pfn < 0) {
      pfn = queries.pfnAt(result);
    }
    return Reply.of(
        queries.mapped(usage().name(), result, pfn),
        result == Highmem.NONE ? Value.nothing() : Value.address(result));
  }
}
