package kmemsh.command;

import java.util.Arrays;
import kmemsh.lang.Value;
import kmemsh.machine.Machine;
import kmemsh.machine.SpaceQueries;
import kmemsh.op.MapPages;
import kmemsh.op.Refused;
import kmemsh.view.AreaInfo;
import kmemsh.view.Gfp;
import kmemsh.view.Refusal;

/**
 * {@code vmap PAGE...}, which with the address of an area instead draws it, and {@code vm_map_ram
 * PAGE...}.
 */
final class MapPagesCommand extends Command {
  private final Machine machine;
  private final boolean ram;

  private MapPagesCommand(Usage usage, Lab lab, boolean ram) {
    super(usage);
    machine = lab.session().machine();
    this.ram = ram;
  }

  /** The command of that name. */
  static MapPagesCommand of(String name, Lab lab) {
    boolean ram = name.equals("vm_map_ram");
    Usage usage =
        ram
            ? new Usage(name, CommandTable.SPACE, "Map pages for a short time")
                .prototype("void *vm_map_ram(struct page **pages, unsigned int count, int node)")
                .rest("PAGE", ArgKind.PAGE, true, "pages, or a list of them such as $1")
            : new Usage(name, CommandTable.SPACE, "Map pages one behind the other, or draw an area")
                .prototype(
                    "void *vmap(struct page **pages, unsigned int count, unsigned long flags,"
                        + " pgprot_t prot)")
                .rest("PAGE", ArgKind.VALUE, false, "pages or a list of them; an area is drawn");
    return new MapPagesCommand(usage, lab, ram);
  }

  @Override
  public Reply run(Arguments arguments) {
    if (arguments.nrRest() == 0) {
      return draw(arguments.valueOrLast(0, Value.MAPPING).number());
    }
    if (!ram && arguments.nrRest() == 1) {
      Value only = arguments.evaluate(arguments.rest(0));
      long address = only.number();
      boolean number = only.isAddress() || only.kind() == Value.NUMBER;
      if (number && (only.isAddress() || machine.space().isVmalloc(address))) {
        return draw(address);
      }
    }
    int[] pfns = pages(arguments);
    Object before = machine.printk().last();
    long address = arguments.session().run(new MapPages(pfns, ram));
    SleepNote.add(arguments, before);
    return AreaReplies.taken(machine, address, pfns.length * 4096L, Gfp.GFP_KERNEL);
  }

  private Reply draw(long address) {
    AreaInfo area = new SpaceQueries(machine).area(address);
    if (area == null) {
      String name = "0x" + Long.toHexString(address);
      throw new Refused(
          new Refusal(
              name + " is in no area",
              "A real kernel's vmap takes pages: page_address or virt_to_page convert",
              "whatis " + name));
    }
    return Reply.of(area);
  }

  /** A value names its whole block, a value and a number one page. */
  private static int order(Value value) {
    Value.Origin origin = value.origin();
    return origin == null || origin.offset() == 0 ? value.order() : 0;
  }

  private int[] pages(Arguments arguments) {
    int[] pfns = new int[16];
    int nr = 0;
    for (int i = 0; i < arguments.nrRest(); i++) {
      Value value = arguments.evaluate(arguments.rest(i));
      arguments.live(value);
      boolean list = value.kind() == Value.LIST;
      long[] elements = list ? value.elements() : new long[] {value.number()};
      boolean page = (list ? value.elementKind() : value.kind()) == Value.PAGE;
      if (!page && value.kind() != Value.NUMBER) {
        throw new Refused(arguments.rest(i) + " is " + value.describeKind() + ", not a page");
      }
      for (long element : elements) {
        for (int of = 0; of < 1 << (page ? order(value) : 0); of++) {
          pfns = nr == pfns.length ? Arrays.copyOf(pfns, 2 * nr) : pfns;
          pfns[nr++] = (int) Math.max(-1, Math.min(Integer.MAX_VALUE, element + of));
        }
      }
    }
    return Arrays.copyOf(pfns, nr);
  }
}
