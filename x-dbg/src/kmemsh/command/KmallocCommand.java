package kmemsh.command;

import kmemsh.machine.Machine;
import kmemsh.op.Kmalloc;
import kmemsh.op.Op;
import kmemsh.op.Refused;
import kmemsh.view.Gfp;

/** {@code kmalloc}, {@code kzalloc}, {@code kmalloc_array}, {@code kcalloc}. */
final class KmallocCommand extends OpCommand {
  private final Machine machine;
  private final boolean array;
  private final int addedGfp;

  private KmallocCommand(Usage usage, Lab lab, boolean array, int addedGfp) {
    super(usage);
    machine = lab.session().machine();
    this.array = array;
    this.addedGfp = addedGfp;
  }

  /** The command of that name. */
  static KmallocCommand of(String name, Lab lab) {
    boolean array = name.equals("kmalloc_array") || name.equals("kcalloc");
    boolean zero = name.equals("kzalloc") || name.equals("kcalloc");
    String summary = array ? "Take memory for N things of SIZE bytes" : "Take SIZE bytes";
    Usage usage =
        new Usage(name, CommandTable.OBJECTS, zero ? summary + ", all zeroes" : summary)
            .prototype(
                "void *"
                    + name
                    + (array ? "(size_t n, size_t size, " : "(size_t size, ")
                    + "gfp_t flags)");
    if (array) {
      usage.required("N", ArgKind.COUNT, "how many");
    }
    usage.required("SIZE", ArgKind.BYTES, array ? "bytes of each" : "bytes needed");
    usage.optional("GFP", ArgKind.GFP, "GFP_KERNEL", "what the request may use and do");
    return new KmallocCommand(usage, lab, array, zero ? Gfp.__GFP_ZERO : 0);
  }

  @Override
  public Op bind(Arguments arguments) {
    long size = size(machine, arguments, 0);
    int gfp = arguments.gfp(array ? 2 : 1) | addedGfp;
    if (array) {
      size = product(size, size(machine, arguments, 1));
    }
    return new Kmalloc(size, gfp);
  }

  /** A size that fits into the machine's size_t. */
  static long size(Machine machine, Arguments arguments, int i) {
    long size = arguments.bytes(i);
    if (machine.profile().i386() && size > 0xffffffffL) {
      throw new Refused(size + " does not fit into size_t, which has 32 bits on i386");
    }
    return size;
  }

  private long product(long n, long size) {
    long product = n * size;
    boolean fits = Math.multiplyHigh(n, size) == 0 && product >= 0;
    return fits && (!machine.profile().i386() || product <= 0xffffffffL)
        ? product
        : Kmalloc.OVERFLOW;
  }

  @Override
  public Reply reply(Op op, long result) {
    Kmalloc asked = (Kmalloc) op;
    return result == 0
        ? ObjectReplies.nothing(asked.gfpMask(), asked.sizeBytes())
        : ObjectReplies.taken(machine, result, asked.sizeBytes());
  }
}
