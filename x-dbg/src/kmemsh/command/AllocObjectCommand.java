package kmemsh.command;

import kmemsh.machine.Machine;
import kmemsh.op.AllocObject;
import kmemsh.op.AllocObjects;
import kmemsh.op.ListOp;
import kmemsh.op.Op;
import kmemsh.view.Gfp;

/** {@code kmem_cache_alloc}, {@code kmem_cache_zalloc}, {@code kmem_cache_alloc_bulk}. */
final class AllocObjectCommand extends OpCommand {
  private static final int MOST = 1_000_000;

  private final Machine machine;
  private final boolean bulk;
  private final int addedGfp;

  private AllocObjectCommand(Usage usage, Lab lab, boolean bulk, int addedGfp) {
    super(usage);
    machine = lab.session().machine();
    this.bulk = bulk;
    this.addedGfp = addedGfp;
  }

  /** The command of that name. */
  static AllocObjectCommand of(String name, Lab lab) {
    boolean zero = name.equals("kmem_cache_zalloc");
    boolean bulk = name.equals("kmem_cache_alloc_bulk");
    String summary = bulk ? "Take NR objects of a cache, or none" : "Take an object of a cache";
    String prototype =
        bulk
            ? "int kmem_cache_alloc_bulk(struct kmem_cache *s, gfp_t gfp, size_t nr, void **p)"
            : "void *" + name + "(struct kmem_cache *cachep, gfp_t flags)";
    Usage usage =
        new Usage(name, CommandTable.OBJECTS, zero ? summary + ", all zeroes" : summary)
            .prototype(prototype)
            .required("CACHE", ArgKind.CACHE, "a cache by name or value", Usage.NEEDS_LIVE);
    if (bulk) {
      usage.required("NR", ArgKind.COUNT, "how many objects");
    }
    usage.optional("GFP", ArgKind.GFP, "GFP_KERNEL", "what the request may use and do");
    return new AllocObjectCommand(usage, lab, bulk, zero ? Gfp.__GFP_ZERO : 0);
  }

  @Override
  public Op bind(Arguments arguments) {
    int cache = arguments.cache(0);
    return bulk
        ? new AllocObjects(cache, arguments.inRange(1, 1, MOST), arguments.gfp(2))
        : new AllocObject(cache, arguments.gfp(1) | addedGfp);
  }

  @Override
  public Reply reply(Op op, long result) {
    if (result == 0) {
      AllocObject asked = (AllocObject) op;
      return ObjectReplies.nothing(asked.gfpMask(), machine.slab().cache(asked.cache()).name);
    }
    return ObjectReplies.taken(machine, result, -1);
  }

  @Override
  public Reply replyAll(ListOp op, long[] results) {
    if (results.length == 0) {
      AllocObjects asked = (AllocObjects) op;
      return ObjectReplies.nothing(asked.gfpMask(), machine.slab().cache(asked.cache()).name);
    }
    return super.replyAll(op, results);
  }
}
