package kmemsh.command;

import kmemsh.machine.Machine;
import kmemsh.machine.Slabs;
import kmemsh.op.FreeObject;
import kmemsh.op.Op;

/** {@code kmem_cache_free CACHE OBJ} and {@code kfree OBJ}. */
final class FreeObjectCommand extends OpCommand {
  private final Machine machine;
  private final boolean namesCache;

  private FreeObjectCommand(Usage usage, Lab lab, boolean namesCache) {
    super(usage);
    machine = lab.session().machine();
    this.namesCache = namesCache;
  }

  /** The command of that name. */
  static FreeObjectCommand of(String name, Lab lab) {
    boolean cache = name.equals("kmem_cache_free");
    Usage usage;
    if (cache) {
      usage =
          new Usage(name, CommandTable.OBJECTS, "Give an object back to its cache")
              .prototype("void kmem_cache_free(struct kmem_cache *s, void *objp)")
              .required("CACHE", ArgKind.CACHE, "a cache by name or value", Usage.NEEDS_LIVE);
    } else {
      usage =
          new Usage(name, CommandTable.OBJECTS, "Give back what kmalloc gave")
              .prototype("void kfree(const void *object)");
    }
    usage.required("OBJ", ArgKind.ADDRESS, "an object or its address", Usage.FREES);
    return new FreeObjectCommand(usage, lab, cache);
  }

  @Override
  public Op bind(Arguments arguments) {
    int cache = namesCache ? arguments.cache(0) : Slabs.NO_CACHE;
    return new FreeObject(cache, arguments.object(namesCache ? 1 : 0));
  }

  @Override
  public Reply reply(Op op, long result) {
    if (result == FreeObject.NOT_FREED) {
      return ObjectReplies.notFreed(((FreeObject) op).address());
    }
    return ObjectReplies.freed(machine, ((FreeObject) op).address());
  }
}
