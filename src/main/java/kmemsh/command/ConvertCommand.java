package kmemsh.command;

import kmemsh.lang.Value;
import kmemsh.machine.HighmemQueries;
import kmemsh.machine.Machine;
import kmemsh.machine.MachineQueries;
import kmemsh.op.Refused;
import kmemsh.view.Addr;
import kmemsh.view.PageAddress;
import kmemsh.view.PageBlock;
import kmemsh.view.Refusal;

/**
 * From one name of a page to another: {@code page_address}, {@code virt_to_page}, {@code
 * pfn_to_page}. They change nothing.
 */
final class ConvertCommand extends Command {
  private final Machine machine;
  private final int gives;

  private ConvertCommand(Usage usage, Lab lab, int gives) {
    super(usage);
    this.machine = lab.session().machine();
    this.gives = gives;
  }

  /** The command of that name. */
  static ConvertCommand of(String name, Lab lab) {
    return switch (name) {
      case "page_address" ->
          new ConvertCommand(
              new Usage(name, CommandTable.PAGES, "The kernel address of a page")
                  .prototype("void *page_address(const struct page *page)")
                  .optional("PAGE", ArgKind.PAGE, "the last page", "a page"),
              lab,
              Value.ADDRESS);
      case "virt_to_page" ->
          new ConvertCommand(
              new Usage(name, CommandTable.PAGES, "The page behind a kernel address")
                  .prototype("struct page *virt_to_page(const void *addr)")
                  .optional("ADDR", ArgKind.ADDRESS, "the last address", "a kernel address"),
              lab,
              Value.PAGE);
      default ->
          new ConvertCommand(
              new Usage(name, CommandTable.PAGES, "The page with a frame number")
                  .prototype("struct page *pfn_to_page(unsigned long pfn)")
                  .required("PFN", ArgKind.PAGE, "a frame number"),
              lab,
              Value.PAGE);
    };
  }

  @Override
  public Reply run(Arguments arguments) {
    if (gives == Value.ADDRESS) {
      int pfn = (int) arguments.pageOrLast(0).number();
      long address = new HighmemQueries(machine).pageAddress(pfn);
      if (address == 0) {
        return Reply.of(new PageAddress(pfn, null, machine.zoneName(pfn)), Value.nothing());
      }
      Addr virt = new Addr(address);
      return Reply.of(
          new PageAddress(pfn, virt, machine.zoneName(pfn)), Value.address(virt.value()));
    }
    int pfn = usage().name().equals("pfn_to_page") ? frame(arguments) : behind(arguments);
    int order = Math.max(0, machine.allocatedOrder(pfn));
    PageBlock block = new MachineQueries(machine).frames().block(pfn, order);
    return Reply.of(block, Value.page(pfn, order));
  }

  private int frame(Arguments arguments) {
    return known((int) arguments.page(0).number(), arguments.word(0));
  }

  /** {@code pfn}, which must have a struct page. */
  private int known(int pfn, String word) {
    if (!new MachineQueries(machine).frames().hasStruct(pfn)) {
      throw new Refused(
          new Refusal(
              word + " lies in a hole of the memory map: there is no struct page",
              "A real kernel would hand out a pointer to nothing; ask pfn_valid() first",
              ""));
    }
    return pfn;
  }

  private int behind(Arguments arguments) {
    Value value = arguments.valueOrLast(0, Value.ADDRESS);
    int pfn = machine.pfnOf(value.number());
    if (pfn < 0) {
      pfn = new MachineQueries(machine).imagePfn(value.number());
    }
    if (value.kind() == Value.PAGE || pfn < 0) {
      String window = new HighmemQueries(machine).region(value.number());
      String name = "0x" + Long.toHexString(value.number());
      throw new Refused(
          new Refusal(
              window.isEmpty()
                  ? name + " is no address of the linear map"
                  : name + " is in the " + window + ": not in the linear map",
              "A real kernel would compute a struct page that does not exist",
              window.isEmpty() ? "" : "whatis " + name));
    }
    return known(pfn, "0x" + Long.toHexString(value.number()));
  }
}
