package kmemsh.command;

import kmemsh.lang.Value;
import kmemsh.machine.HighmemQueries;
import kmemsh.machine.Machine;
import kmemsh.op.KmapPages;
import kmemsh.op.Kunmap;
import kmemsh.op.KunmapLocal;
import kmemsh.op.ListOp;
import kmemsh.op.Op;
import kmemsh.op.Refused;
import kmemsh.view.Kmapped;
import kmemsh.view.Refusal;
import kmemsh.view.Repeated;

/** {@code kunmap PAGE}, {@code kunmap_local ADDR}, {@code kunmap_atomic ADDR}. */
final class KunmapCommand extends OpCommand {
  private final Machine machine;

  private KunmapCommand(Usage usage, Lab lab) {
    super(usage);
    machine = lab.session().machine();
  }

  /** The command of that name. */
  static KunmapCommand of(String name, Lab lab) {
    boolean byPage = name.equals("kunmap");
    Usage usage =
        byPage
            ? new Usage(name, CommandTable.SPACE, "Give up one use of the address of a page")
                .prototype("void kunmap(struct page *page)")
                .required("PAGE", ArgKind.PAGE, "the page, not its address, or a list of pages")
            : new Usage(
                    name,
                    CommandTable.SPACE,
                    name.equals("kunmap_local")
                        ? "Undo the newest kmap_local_page"
                        : "Undo the newest kmap_atomic and let preemption be")
                .prototype("void " + name + "(const void *addr)")
                .required("ADDR", ArgKind.ADDRESS, "the address that was given");
    return new KunmapCommand(usage, lab);
  }

  @Override
  public Op bind(Arguments arguments) {
    String name = usage().name();
    if (name.equals("kunmap")) {
      if (PageArgument.isList(arguments, 0)) {
        return new KmapPages(arguments.value(0).elements(), false);
      }
      return new Kunmap(page(arguments));
    }
    Value value = arguments.value(0);
    if (value.kind() == Value.PAGE) {
      throw new Refused(
          new Refusal(
              arguments.word(0) + " is a page: " + name + " takes the address that was given",
              "A real kernel would take the struct page for an address, and do nothing",
              ""));
    }
    return new KunmapLocal(arguments.address(0), name.equals("kunmap_atomic"));
  }

  /** The page; its address in the window is what people try to give. */
  private int page(Arguments arguments) {
    Value value = arguments.value(0);
    if (value.isAddress() || value.kind() == Value.NUMBER) {
      int pfn = new HighmemQueries(machine).pfnAt(value.number());
      if (pfn >= 0) {
        throw new Refused(
            new Refusal(
                "0x" + Long.toHexString(value.number()) + " is an address: kunmap takes the page",
                "A real kernel would take the address for a struct page and oops",
                "kunmap 0x" + Integer.toHexString(pfn)));
      }
    }
    return PageArgument.pfn(machine, arguments, 0);
  }

  @Override
  public Reply replyAll(ListOp op, long[] results) {
    if (!(op instanceof KmapPages pages) || results.length == 0) {
      return super.replyAll(op, results);
    }
    int last = results.length - 1;
    return Reply.of(
        new Repeated("kunmap", results.length, 0, undone(pages.pfn(0)), undone(pages.pfn(last))));
  }

  private Kmapped undone(int pfn) {
    HighmemQueries queries = new HighmemQueries(machine);
    return queries.mapped("kunmap", queries.pageAddress(pfn), pfn);
  }

  @Override
  public Reply reply(Op op, long result) {
    if (op instanceof Kunmap kunmap) {
      return Reply.of(undone(kunmap.pfn()));
    }
    HighmemQueries queries = new HighmemQueries(machine);
    return Reply.of(queries.mapped(usage().name(), result, machine.pfnOf(result)));
  }
}
