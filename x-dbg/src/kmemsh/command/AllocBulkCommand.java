package kmemsh.command;

import kmemsh.lang.Value;
import kmemsh.machine.Machine;
import kmemsh.op.AllocPagesBulk;
import kmemsh.op.Op;

/** {@code alloc_pages_bulk COUNT [GFP]}: many single pages in one call, into an array. */
final class AllocBulkCommand extends OpCommand {
  private static final int MOST = 1_000_000;

  private final Machine machine;

  AllocBulkCommand(Lab lab) {
    super(
        new Usage("alloc_pages_bulk", CommandTable.PAGES, "Take up to COUNT single pages at once")
            .prototype(
                "unsigned long alloc_pages_bulk_array(gfp_t gfp, unsigned long nr_pages,"
                    + " struct page **page_array)")
            .required("COUNT", ArgKind.COUNT, "pages wanted; fewer may come")
            .optional("GFP", ArgKind.GFP, "GFP_KERNEL", "what the request may use and do"));
    machine = lab.session().machine();
  }

  @Override
  public Op bind(Arguments arguments) {
    return new AllocPagesBulk(arguments.inRange(0, 1, MOST), arguments.gfp(1));
  }

  @Override
  public Reply reply(Op op, long result) {
    int pfn = (int) result;
    return Reply.of(AllocCommand.block(machine, pfn, 0), Value.page(pfn, 0));
  }
}
