package kmemsh.command;

import kmemsh.lang.Value;
import kmemsh.machine.Machine;
import kmemsh.op.Op;
import kmemsh.op.SplitPage;
import kmemsh.view.Repeated;

/** {@code split_page PAGE [ORDER]}: the block becomes single pages, freed one by one. */
final class SplitPageCommand extends OpCommand {
  private final Machine machine;

  SplitPageCommand(Lab lab) {
    super(
        new Usage("split_page", CommandTable.PAGES, "Make single pages of an allocated block")
            .prototype("void split_page(struct page *page, unsigned int order)")
            .required("PAGE", ArgKind.VALUE, "the block's first page", Usage.NEEDS_LIVE)
            .optional("ORDER", ArgKind.ORDER, "the block's own", "as it was allocated"));
    machine = lab.session().machine();
  }

  @Override
  public Op bind(Arguments arguments) {
    int pfn = PageArgument.pfn(machine, arguments, 0);
    int own = Math.max(0, machine.allocatedOrder(pfn));
    return new SplitPage(pfn, arguments.has(1) ? arguments.order(1) : own);
  }

  @Override
  public Reply reply(Op op, long result) {
    SplitPage split = (SplitPage) op;
    int nrPages = 1 << split.order();
    long[] pfns = new long[nrPages];
    for (int i = 0; i < nrPages; i++) {
      pfns[i] = split.pfn() + i;
    }
    return Reply.of(
        new Repeated(
            usage().name(),
            nrPages,
            0,
            AllocCommand.block(machine, split.pfn(), 0),
            AllocCommand.block(machine, split.pfn() + nrPages - 1, 0)),
        Value.list(Value.PAGE, 0, pfns));
  }
}
