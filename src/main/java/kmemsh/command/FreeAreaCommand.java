package kmemsh.command;

import kmemsh.machine.Machine;
import kmemsh.op.FreeArea;
import kmemsh.op.Kvfree;
import kmemsh.op.Op;
import kmemsh.op.Refused;
import kmemsh.view.Refusal;

/** {@code vfree}, {@code vunmap}, {@code iounmap}, {@code vm_unmap_ram}, {@code kvfree}. */
final class FreeAreaCommand extends OpCommand {
  private static final int EITHER = -1;

  private final Machine machine;
  private final int kind;

  private FreeAreaCommand(Usage usage, Lab lab, int kind) {
    super(usage);
    machine = lab.session().machine();
    this.kind = kind;
  }

  /** The command of that name. */
  static FreeAreaCommand of(String name, Lab lab) {
    return switch (name) {
      case "vunmap" ->
          make(lab, FreeArea.VUNMAP, name, "Give back what vmap gave", "const void *addr");
      case "iounmap" ->
          make(
              lab,
              FreeArea.IOUNMAP,
              name,
              "Give back what ioremap gave",
              "volatile void __iomem *addr");
      case "vm_unmap_ram" -> {
        FreeAreaCommand command =
            make(
                lab,
                FreeArea.UNMAP_RAM,
                name,
                "Give back what vm_map_ram gave",
                "const void *mem, unsigned int count");
        command.usage().optional("COUNT", ArgKind.COUNT, "as mapped", "pages, as many as mapped");
        yield command;
      }
      case "kvfree" -> make(lab, EITHER, name, "Give back what kvmalloc gave", "const void *addr");
      default -> make(lab, FreeArea.VFREE, name, "Give back what vmalloc gave", "const void *addr");
    };
  }

  private static FreeAreaCommand make(
      Lab lab, int kind, String name, String summary, String parameters) {
    Usage usage =
        new Usage(name, CommandTable.SPACE, summary)
            .prototype("void " + name + "(" + parameters + ")")
            .required("ADDR", ArgKind.ADDRESS, "an area or its address", Usage.FREES);
    return new FreeAreaCommand(usage, lab, kind);
  }

  @Override
  public Op bind(Arguments arguments) {
    long address = arguments.object(0);
    if (kind == FreeArea.UNMAP_RAM && arguments.has(1)) {
      sameCount(address, arguments.number(1));
    }
    return kind == EITHER ? new Kvfree(address) : new FreeArea(address, kind);
  }

  private void sameCount(long address, long count) {
    int pages = machine.spaceOrNull() == null ? 0 : machine.space().ramPages(address);
    if (pages != 0 && pages != count) {
      String name = "0x" + Long.toHexString(address);
      throw new Refused(
          new Refusal(
              name + " maps " + pages + " pages, not " + count,
              "A real kernel trusts the count and would unmap pages of others or leak some",
              "vm_unmap_ram " + name + " " + pages));
    }
  }

  @Override
  public Reply reply(Op op, long result) {
    if (op instanceof Kvfree freed) {
      return machine.space().isVmalloc(freed.address())
          ? AreaReplies.freed(machine, freed.address(), false)
          : ObjectReplies.freed(machine, freed.address());
    }
    FreeArea area = (FreeArea) op;
    return AreaReplies.freed(machine, area.address(), area.isPassedOver(machine));
  }
}
