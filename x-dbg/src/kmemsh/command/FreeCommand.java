package kmemsh.command;

import kmemsh.lang.Value;
import kmemsh.machine.Machine;
import kmemsh.op.FreePages;
import kmemsh.op.FreePagesExact;
import kmemsh.op.Op;
import kmemsh.op.Refused;
import kmemsh.view.Freed;
import kmemsh.view.Refusal;

/**
 * The calls that give pages back: {@code free_pages}, {@code free_page}, {@code __free_pages},
 * {@code __free_page}, {@code free_pages_exact}. Each takes a page or an address, as notes mix them
 * up.
 */
final class FreeCommand extends OpCommand {
  private static final int PAGE_SHIFT = 12;
  private static final int PAGE_MASK = 4095;
  private static final int MAX_ORDER = 10;

  private final Machine machine;
  private final boolean takesOrder;
  private final boolean takesBytes;

  private FreeCommand(Usage usage, Lab lab, boolean takesOrder, boolean takesBytes) {
    super(usage);
    this.machine = lab.session().machine();
    this.takesOrder = takesOrder;
    this.takesBytes = takesBytes;
  }

  /** The command of that name. */
  static FreeCommand of(String name, Lab lab) {
    return switch (name) {
      case "free_pages" ->
          make(
              name,
              "void free_pages(unsigned long addr, unsigned int order)",
              "Give back 2^ORDER pages",
              lab,
              true);
      case "free_page" ->
          make(name, "void free_page(unsigned long addr)", "Give back one page", lab, false);
      case "__free_pages" ->
          make(
              name,
              "void __free_pages(struct page *page, unsigned int order)",
              "Give back 2^ORDER pages",
              lab,
              true);
      case "__free_page" ->
          make(name, "void __free_page(struct page *page)", "Give back one page", lab, false);
      default ->
          new FreeCommand(
              usage(
                      name,
                      "void free_pages_exact(void *virt, size_t size)",
                      "Give back what alloc_pages_exact gave")
                  .required("SIZE", ArgKind.BYTES, "the size that was asked for, in bytes"),
              lab,
              false,
              true);
    };
  }

  private static Usage usage(String name, String prototype, String summary) {
    return new Usage(name, CommandTable.PAGES, summary)
        .prototype(prototype)
        .required("PAGE", ArgKind.VALUE, "a page, its pfn or its address", Usage.FREES);
  }

  private static FreeCommand make(
      String name, String prototype, String summary, Lab lab, boolean takesOrder) {
    Usage usage = usage(name, prototype, summary);
    if (takesOrder) {
      usage.optional("ORDER", ArgKind.ORDER, "the value's own", "as it was allocated");
    }
    return new FreeCommand(usage, lab, takesOrder, false);
  }

  @Override
  public Op bind(Arguments arguments) {
    Value value = arguments.value(0);
    int pfn = PageArgument.pfn(machine, arguments, 0);
    if (takesBytes) {
      return new FreePagesExact(pfn, arguments.bytes(1));
    }
    if (!takesOrder) {
      return new FreePages(pfn, 0);
    }
    if (arguments.has(1)) {
      return new FreePages(pfn, arguments.inRange(1, 0, MAX_ORDER));
    }
    if (value.kind() == Value.NUMBER) {
      int order = Math.max(0, machine.allocatedOrder(pfn));
      throw new Refused(
          new Refusal(
              arguments.word(0) + " is a bare number: say the order of the block too",
              "",
              usage().name() + " " + arguments.word(0) + " " + order));
    }
    return new FreePages(pfn, value.order());
  }

  @Override
  public Reply reply(Op op, long result) {
    int pfn;
    int nrPages;
    if (op instanceof FreePages free) {
      pfn = free.pfn();
      nrPages = 1 << free.order();
    } else {
      FreePagesExact exact = (FreePagesExact) op;
      pfn = exact.pfn();
      nrPages = (int) ((exact.sizeBytes() + PAGE_MASK) >>> PAGE_SHIFT);
    }
    int nid = machine.profile().numa() ? machine.nodeOf(pfn) : -1;
    return Reply.of(new Freed(pfn, nrPages, nid, machine.zoneName(pfn)));
  }
}
