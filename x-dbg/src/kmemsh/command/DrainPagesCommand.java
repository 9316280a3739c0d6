package kmemsh.command;

import kmemsh.op.DrainPages;
import kmemsh.op.Op;
import kmemsh.view.Drained;

/** {@code drain_pages [CPU]}: per-CPU lists back to the buddy lists. */
final class DrainPagesCommand extends OpCommand {
  DrainPagesCommand() {
    super(
        new Usage("drain_pages", CommandTable.PAGES, "Empty per-CPU lists into the buddy lists")
            .prototype("void drain_all_pages(struct zone *zone)")
            .optional("CPU", ArgKind.CPU, "all", "the CPU whose lists to empty"));
  }

  @Override
  public Op bind(Arguments arguments) {
    if (!arguments.has(0)) {
      return new DrainPages(DrainPages.ALL);
    }
    return new DrainPages(arguments.inRange(0, 0, Integer.MAX_VALUE));
  }

  @Override
  public Reply reply(Op op, long result) {
    return Reply.of(new Drained(((DrainPages) op).cpu(), result));
  }
}
