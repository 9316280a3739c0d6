package kmemsh.command;

import kmemsh.lang.Value;
import kmemsh.machine.Machine;
import kmemsh.machine.MachineQueries;
import kmemsh.op.AllocPages;
import kmemsh.op.Op;
import kmemsh.op.Refused;
import kmemsh.view.Addr;
import kmemsh.view.AddressResult;
import kmemsh.view.Gfp;
import kmemsh.view.NullResult;
import kmemsh.view.PageBlock;
import kmemsh.view.Refusal;

/**
 * The calls that take one block: those that give a page ({@code alloc_pages}, {@code alloc_page})
 * and those that give an address ({@code __get_free_pages}, {@code __get_free_page}, {@code
 * get_zeroed_page}, {@code __get_dma_pages}).
 */
final class AllocCommand extends OpCommand {
  /** Orders a user may ask for; 11 and more give NULL and a warning, as in a kernel. */
  private static final int MAX_ASKED_ORDER = 63;

  private final boolean takesOrder;
  private final boolean givesAddress;
  private final int addedGfp;
  private final Machine machine;

  private AllocCommand(
      Usage usage, Lab lab, boolean takesOrder, boolean givesAddress, int addedGfp) {
    super(usage);
    this.machine = lab.session().machine();
    this.takesOrder = takesOrder;
    this.givesAddress = givesAddress;
    this.addedGfp = addedGfp;
  }

  /** The command of that name. */
  static AllocCommand of(String name, Lab lab) {
    return switch (name) {
      case "alloc_pages" ->
          make(
              name,
              "struct page *alloc_pages(gfp_t gfp, unsigned int order)",
              "Take 2^ORDER contiguous pages",
              lab,
              true,
              false,
              0);
      case "alloc_page" ->
          make(name, "struct page *alloc_page(gfp_t gfp)", "Take one page", lab, false, false, 0);
      case "__get_free_pages" ->
          make(
              name,
              "unsigned long __get_free_pages(gfp_t gfp, unsigned int order)",
              "Take 2^ORDER contiguous pages and give their address",
              lab,
              true,
              true,
              0);
      case "__get_free_page" ->
          make(
              name,
              "unsigned long __get_free_page(gfp_t gfp)",
              "Take one page and give its address",
              lab,
              false,
              true,
              0);
      case "get_zeroed_page" ->
          make(
              name,
              "unsigned long get_zeroed_page(gfp_t gfp)",
              "Take one page of zeroes and give its address",
              lab,
              false,
              true,
              Gfp.__GFP_ZERO);
      default ->
          make(
              name,
              "unsigned long __get_dma_pages(gfp_t gfp, unsigned int order)",
              "Take 2^ORDER contiguous pages below 16 MiB and give their address",
              lab,
              true,
              true,
              Gfp.__GFP_DMA);
    };
  }

  private static AllocCommand make(
      String name,
      String prototype,
      String summary,
      Lab lab,
      boolean takesOrder,
      boolean givesAddress,
      int addedGfp) {
    Usage usage = new Usage(name, CommandTable.PAGES, summary).prototype(prototype);
    if (takesOrder) {
      usage.required("ORDER", ArgKind.ORDER, "base-2 logarithm of the number of pages");
    }
    usage.optional("GFP", ArgKind.GFP, "GFP_KERNEL", "what the request may use and do");
    return new AllocCommand(usage, lab, takesOrder, givesAddress, addedGfp);
  }

  @Override
  public Op bind(Arguments arguments) {
    if (takesOrder && !arguments.isNumber(0) && isMask(arguments.word(0))) {
      String order = arguments.has(1) ? arguments.word(1) : "0";
      throw new Refused(
          new Refusal(
              arguments.word(0) + " stands where the order is expected: here the mask comes last",
              "",
              usage().name() + " " + order + " " + arguments.word(0)));
    }
    int order = takesOrder ? arguments.inRange(0, 0, MAX_ASKED_ORDER) : 0;
    int gfp = arguments.gfp(takesOrder ? 1 : 0) | addedGfp;
    return new AllocPages(givesAddress ? withoutHighmem(arguments, gfp) : gfp, order);
  }

  /** The mask of a call that gives an address, which says so if it leaves something out. */
  static int withoutHighmem(Arguments arguments, int gfp) {
    if ((gfp & Gfp.__GFP_HIGHMEM) != 0) {
      arguments.addNote("without __GFP_HIGHMEM: such a page has no address that could be given");
    }
    return gfp & ~Gfp.__GFP_HIGHMEM;
  }

  private static boolean isMask(String word) {
    return word.startsWith("GFP_") || word.startsWith("__GFP_");
  }

  @Override
  public Reply reply(Op op, long result) {
    AllocPages asked = (AllocPages) op;
    if (result == Machine.NO_PFN) {
      return Reply.of(nothing(machine, asked.order(), asked.gfpMask()), Value.nothing());
    }
    int pfn = (int) result;
    return givesAddress
        ? address(machine, pfn, asked.order(), 1 << asked.order())
        : Reply.of(block(machine, pfn, asked.order()), Value.page(pfn, asked.order()));
  }

  /** A block as it was handed out. */
  static PageBlock block(Machine machine, int pfn, int order) {
    return new PageBlock(
        pfn,
        order,
        node(machine, pfn),
        machine.zoneName(pfn),
        machine.migratetypeName(pfn),
        virt(machine, pfn));
  }

  /** The answer of a call that gives an address. */
  static Reply address(Machine machine, int pfn, int order, int nrPages) {
    Addr virt = virt(machine, pfn);
    return Reply.of(
        new AddressResult(virt, pfn, nrPages, node(machine, pfn), machine.zoneName(pfn)),
        Value.address(virt.value(), order));
  }

  static NullResult nothing(Machine machine, int order, int gfpMask) {
    return new MachineQueries(machine).gfp().nothing(gfpMask, order);
  }

  private static Addr virt(Machine machine, int pfn) {
    return machine.hasAddress(pfn) ? new Addr(machine.addressOf(pfn)) : null;
  }

  private static int node(Machine machine, int pfn) {
    return machine.profile().numa() ? machine.nodeOf(pfn) : -1;
  }
}
