package kmemsh.command;

import kmemsh.lang.Value;
import kmemsh.machine.Machine;
import kmemsh.op.AllocPagesExact;
import kmemsh.op.Op;

/** {@code alloc_pages_exact SIZE [GFP]}. */
final class AllocExactCommand extends OpCommand {
  private static final int PAGE_SHIFT = 12;
  private static final long PAGE_MASK = 4095;

  private final Machine machine;

  AllocExactCommand(Lab lab) {
    super(
        new Usage("alloc_pages_exact", CommandTable.PAGES, "Take just enough pages for SIZE bytes")
            .prototype("void *alloc_pages_exact(size_t size, gfp_t gfp)")
            .required("SIZE", ArgKind.BYTES, "bytes needed, rounded up to pages")
            .optional("GFP", ArgKind.GFP, "GFP_KERNEL", "what the request may use and do"));
    machine = lab.session().machine();
  }

  @Override
  public Op bind(Arguments arguments) {
    int gfp = AllocCommand.withoutHighmem(arguments, arguments.gfp(1));
    return new AllocPagesExact(arguments.bytes(0), gfp);
  }

  @Override
  public Reply reply(Op op, long result) {
    AllocPagesExact asked = (AllocPagesExact) op;
    if (result == Machine.NO_PFN) {
      int order = 0;
      while (asked.sizeBytes() >>> PAGE_SHIFT > 1L << order
          || asked.sizeBytes() > 1L << (PAGE_SHIFT + order)) {
        order++;
      }
      return Reply.of(AllocCommand.nothing(machine, order, asked.gfpMask()), Value.nothing());
    }
    int nrPages = (int) ((asked.sizeBytes() + PAGE_MASK) >>> PAGE_SHIFT);
    return AllocCommand.address(machine, (int) result, 0, nrPages);
  }
}
