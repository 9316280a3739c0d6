package kmemsh.command;

import kmemsh.lang.Value;
import kmemsh.machine.LayoutQueries;
import kmemsh.machine.Machine;
import kmemsh.machine.SpaceQueries;
import kmemsh.op.Refused;
import kmemsh.view.LayoutInfo;
import kmemsh.view.NullObject;
import kmemsh.view.Refusal;

/**
 * Looking at the address space: {@code layout}, {@code vtop}, {@code ptov}, {@code pgd}, {@code
 * vmallocinfo}, {@code vmalloc_to_page}, {@code dma}.
 */
final class SpaceCommand extends LookCommand {
  private static final int PAGE_SHIFT = 12;
  private static final String OLD = "--old";

  private SpaceCommand(Usage usage) {
    super(usage);
  }

  /** The command of that name. */
  static SpaceCommand of(String name) {
    return new SpaceCommand(
        switch (name) {
          case "layout" ->
              new Usage(name, CommandTable.SPACE, "Draw the kernel's address space")
                  .flag(OLD, "i386: as kernels before 5.7 printed it at boot");
          case "vtop" ->
              new Usage(name, CommandTable.SPACE, "Walk the page tables for an address")
                  .optional("ADDR", ArgKind.ADDRESS, "the last mapping", "a virtual address");
          case "ptov" ->
              new Usage(name, CommandTable.SPACE, "The linear-map address of physical memory")
                  .optional("PHYS", ArgKind.VALUE, "the last page", "a physical address or a page");
          case "pgd" -> new Usage(name, CommandTable.SPACE, "Draw the page tables in use");
          case "vmallocinfo" ->
              new Usage(name, CommandTable.SPACE, "List the areas of the vmalloc range");
          case "dma" ->
              new Usage(name, CommandTable.SPACE, "Tell whether a buffer suits a DMA engine")
                  .required("ADDR", ArgKind.ADDRESS, "where the buffer begins")
                  .required("SIZE", ArgKind.BYTES, "its bytes");
          default ->
              new Usage(name, CommandTable.SPACE, "The page behind an address of vmalloc")
                  .prototype("struct page *vmalloc_to_page(const void *addr)")
                  .optional("ADDR", ArgKind.ADDRESS, "the last mapping", "an address");
        });
  }

  @Override
  public Reply run(Arguments arguments) {
    Machine machine = arguments.session().machine();
    SpaceQueries space = new SpaceQueries(machine);
    return switch (usage().name()) {
      case "layout" -> layout(arguments, new LayoutQueries(machine));
      case "vtop" -> Reply.of(space.walk(virtual(arguments)));
      case "ptov" -> Reply.of(space.ptov(physical(arguments)));
      case "pgd" -> Reply.of(space.tables());
      case "vmallocinfo" -> Reply.of(space.vmallocInfo());
      case "dma" -> dma(arguments, space);
      default -> toPage(arguments, machine);
    };
  }

  private static Reply layout(Arguments arguments, LayoutQueries queries) {
    LayoutInfo layout = queries.layout();
    if (!arguments.hasOption(OLD)) {
      return Reply.of(layout);
    }
    if (!layout.arch().equals("i386")) {
      throw new Refused("layout --old is for i386: x86_64 kernels never printed such a table");
    }
    return Reply.of(queries.oldText());
  }

  private static long virtual(Arguments arguments) {
    if (!arguments.has(0)) {
      return arguments.valueOrLast(0, Value.MAPPING).number();
    }
    Value value = arguments.value(0);
    if (value.kind() != Value.PAGE) {
      return arguments.address(0);
    }
    Machine machine = arguments.session().machine();
    int pfn = (int) arguments.page(0).number();
    if (!machine.hasAddress(pfn)) {
      throw new Refused(
          new Refusal(
              "pfn 0x" + Integer.toHexString(pfn) + " is HighMem and has no address of its own",
              "A real kernel's page_address() would return NULL",
              "kmap 0x" + Integer.toHexString(pfn)));
    }
    return machine.addressOf(pfn);
  }

  private static long physical(Arguments arguments) {
    Value value = arguments.valueOrLast(0, Value.PAGE);
    return value.kind() == Value.PAGE ? value.number() << PAGE_SHIFT : arguments.address(0);
  }

  private static Reply dma(Arguments arguments, SpaceQueries space) {
    long start = virtual(arguments);
    long size = arguments.bytes(1);
    boolean i386 = arguments.session().machine().profile().i386();
    boolean wraps = i386 ? start + size > 1L << 32 : start < 0 && start + size > 0;
    if (size == 0 || wraps) {
      throw new Refused(
          new Refusal(
              size == 0 ? "a buffer of 0 bytes is none" : size + " bytes from there wrap round",
              "A real kernel would warn in the DMA debug code and return DMA_MAPPING_ERROR",
              ""));
    }
    return Reply.of(space.dma(start, size));
  }

  private static Reply toPage(Arguments arguments, Machine machine) {
    Value value = arguments.valueOrLast(0, Value.MAPPING);
    long address = arguments.has(0) ? arguments.address(0) : value.number();
    String name = "0x" + Long.toHexString(address);
    if (!machine.space().isVmalloc(address)) {
      throw new Refused(
          new Refusal(
              name + " is no address of the vmalloc range",
              "A real kernel would stop at VIRTUAL_BUG_ON with CONFIG_DEBUG_VIRTUAL",
              machine.pfnOf(address) >= 0 ? "virt_to_page " + name : "whatis " + name));
    }
    int pfn = machine.space().pfnOf(address);
    if (pfn < 0 || pfn >= machine.nrFrames()) {
      return Reply.of(new NullObject("", "nothing is mapped at " + name), Value.nothing());
    }
    return Reply.of(AllocCommand.block(machine, pfn, 0), Value.page(pfn, 0));
  }
}
