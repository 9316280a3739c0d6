package kmemsh.command;

import kmemsh.lang.Value;
import kmemsh.machine.Machine;
import kmemsh.op.Ioremap;
import kmemsh.op.Op;
import kmemsh.view.Gfp;
import kmemsh.view.NullObject;

/** {@code ioremap PHYS SIZE}: maps device memory. */
final class IoremapCommand extends OpCommand {
  private final Machine machine;

  IoremapCommand(Lab lab) {
    super(
        new Usage("ioremap", CommandTable.SPACE, "Map the memory of a device")
            .prototype("void __iomem *ioremap(phys_addr_t phys_addr, unsigned long size)")
            .required("PHYS", ArgKind.ADDRESS, "a physical address")
            .required("SIZE", ArgKind.BYTES, "bytes"));
    machine = lab.session().machine();
  }

  @Override
  public Op bind(Arguments arguments) {
    return new Ioremap(arguments.address(0), KmallocCommand.size(machine, arguments, 1));
  }

  @Override
  public Reply reply(Op op, long result) {
    long size = ((Ioremap) op).sizeBytes();
    if (size == 0) {
      String why = "0 bytes map nothing";
      return Reply.of(new NullObject("", why), Value.nothing());
    }
    return AreaReplies.taken(machine, result, size, Gfp.GFP_KERNEL);
  }
}
