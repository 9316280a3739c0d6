package kmemsh.command;

import kmemsh.lang.Value;
import kmemsh.machine.AddressSpace;
import kmemsh.machine.Machine;
import kmemsh.op.Kvmalloc;
import kmemsh.op.Op;
import kmemsh.op.VmallocArea;
import kmemsh.view.Gfp;
import kmemsh.view.NullObject;

/**
 * {@code vmalloc}, {@code vzalloc}, {@code vmalloc_user}, {@code vmalloc_32}, {@code kvmalloc},
 * {@code kvzalloc}.
 */
final class VmallocCommand extends OpCommand {
  private static final long SHMLBA = 4096;

  private final Machine machine;
  private final boolean either;
  private final int addedGfp;
  private final long align;
  private final int vmFlags;

  private VmallocCommand(
      Usage usage, Lab lab, boolean either, int addedGfp, long align, int vmFlags) {
    super(usage);
    machine = lab.session().machine();
    this.either = either;
    this.addedGfp = addedGfp;
    this.align = align;
    this.vmFlags = vmFlags;
  }

  /** The command of that name. */
  static VmallocCommand of(String name, Lab lab) {
    return switch (name) {
      case "vzalloc" -> make(name, lab, "Take SIZE bytes of addresses, zeroed", Gfp.__GFP_ZERO);
      case "vmalloc_user" ->
          new VmallocCommand(
              usage(name, "Take zeroed bytes that user space may map", false),
              lab,
              false,
              Gfp.__GFP_ZERO,
              SHMLBA,
              AddressSpace.VM_USERMAP);
      case "vmalloc_32" ->
          make(name, lab, "Take SIZE bytes whose pages lie below 4 GiB", Gfp.__GFP_DMA32);
      case "kvmalloc" ->
          new VmallocCommand(
              usage(name, "Take SIZE bytes from kmalloc, else from vmalloc", true),
              lab,
              true,
              0,
              1,
              0);
      case "kvzalloc" ->
          new VmallocCommand(
              usage(name, "Take zeroed bytes from kmalloc, else from vmalloc", true),
              lab,
              true,
              Gfp.__GFP_ZERO,
              1,
              0);
      default -> make(name, lab, "Take SIZE bytes of contiguous kernel addresses", 0);
    };
  }

  private static VmallocCommand make(String name, Lab lab, String summary, int addedGfp) {
    return new VmallocCommand(usage(name, summary, false), lab, false, addedGfp, 1, 0);
  }

  private static Usage usage(String name, String summary, boolean masked) {
    Usage usage =
        new Usage(name, CommandTable.SPACE, summary)
            .prototype(
                "void *" + name + (masked ? "(size_t size, gfp_t flags)" : "(unsigned long size)"))
            .required("SIZE", ArgKind.BYTES, "bytes needed");
    return masked
        ? usage.optional("GFP", ArgKind.GFP, "GFP_KERNEL", "what the request may use and do")
        : usage;
  }

  @Override
  public Op bind(Arguments arguments) {
    long size = KmallocCommand.size(machine, arguments, 0);
    if (either) {
      return new Kvmalloc(size, arguments.gfp(1) | addedGfp);
    }
    return new VmallocArea(size, align, Gfp.GFP_KERNEL | addedGfp, vmFlags);
  }

  @Override
  public Reply reply(Op op, long result) {
    if (op instanceof Kvmalloc asked) {
      if (result == 0 && asked.sizeBytes() > Integer.MAX_VALUE) {
        String why = "kmalloc has no such block, and for 2 GiB or more there is no vmalloc";
        return Reply.of(new NullObject(Gfp.print(asked.gfpMask()), why), Value.nothing());
      }
      if (result == 0 && !asked.triesVmalloc()) {
        return ObjectReplies.nothing(asked.gfpMask(), asked.sizeBytes());
      }
      boolean area = result == 0 || machine.space().isVmalloc(result);
      return area
          ? AreaReplies.taken(machine, result, asked.sizeBytes(), asked.gfpMask())
          : ObjectReplies.taken(machine, result, asked.sizeBytes());
    }
    VmallocArea asked = (VmallocArea) op;
    return AreaReplies.taken(machine, result, asked.sizeBytes(), asked.gfpMask());
  }
}
