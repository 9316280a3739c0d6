package kmemsh.command;

import kmemsh.machine.Machine;
import kmemsh.op.Krealloc;
import kmemsh.op.Op;

/** {@code krealloc OBJ SIZE [GFP]}. */
final class KreallocCommand extends OpCommand {
  private final Machine machine;

  KreallocCommand(Lab lab) {
    super(
        new Usage("krealloc", CommandTable.OBJECTS, "Make a block larger, moving it if need be")
            .prototype("void *krealloc(const void *objp, size_t new_size, gfp_t flags)")
            .required("OBJ", ArgKind.ADDRESS, "what kmalloc gave, or NULL", Usage.NEEDS_LIVE)
            .required("SIZE", ArgKind.BYTES, "bytes needed")
            .optional("GFP", ArgKind.GFP, "GFP_KERNEL", "what the request may use and do"));
    machine = lab.session().machine();
  }

  @Override
  public Op bind(Arguments arguments) {
    long size = KmallocCommand.size(machine, arguments, 1);
    return new Krealloc(arguments.object(0), size, arguments.gfp(2));
  }

  @Override
  public Reply reply(Op op, long result) {
    Krealloc asked = (Krealloc) op;
    return result == 0
        ? ObjectReplies.nothing(asked.gfpMask(), asked.sizeBytes())
        : ObjectReplies.taken(machine, result, asked.sizeBytes());
  }
}
