package kmemsh.command;

import kmemsh.lang.Value;
import kmemsh.machine.Machine;
import kmemsh.op.DestroyCache;
import kmemsh.op.Op;
import kmemsh.op.ShrinkCache;
import kmemsh.view.CacheGone;
import kmemsh.view.Refusal;
import kmemsh.view.Shrunk;

/** {@code kmem_cache_shrink} and {@code kmem_cache_destroy}. */
final class CacheOpCommand extends OpCommand {
  private final Machine machine;
  private final boolean destroys;

  private CacheOpCommand(Usage usage, Lab lab, boolean destroys) {
    super(usage);
    machine = lab.session().machine();
    this.destroys = destroys;
  }

  /** The command of that name. */
  static CacheOpCommand of(String name, Lab lab) {
    boolean destroys = name.equals("kmem_cache_destroy");
    Usage usage =
        new Usage(
                name,
                CommandTable.OBJECTS,
                destroys ? "Give up a cache without objects" : "Give back a cache's free slabs")
            .prototype(
                destroys
                    ? "void kmem_cache_destroy(struct kmem_cache *s)"
                    : "int kmem_cache_shrink(struct kmem_cache *s)")
            .required(
                "CACHE",
                ArgKind.CACHE,
                "a cache by name or value",
                destroys ? Usage.FREES : Usage.NEEDS_LIVE);
    return new CacheOpCommand(usage, lab, destroys);
  }

  @Override
  public Op bind(Arguments arguments) {
    int cache = arguments.cache(0);
    return destroys ? new DestroyCache(cache, arguments.cacheName(0)) : new ShrinkCache(cache);
  }

  @Override
  public Reply reply(Op op, long result) {
    if (op instanceof DestroyCache stays && result < 0) {
      return Reply.assertFailed(
          new Refusal(
              "the kernel warns that "
                  + stays.name()
                  + " still has objects: it stays, and its pages never come back",
              "dmesg shows the warning",
              ""));
    }
    if (op instanceof DestroyCache gone) {
      boolean shared = result != 0 && machine.slab().hasCache(gone.cache());
      String left = shared ? machine.slab().cache(gone.cache()).name : "";
      return Reply.of(new CacheGone(gone.name(), left));
    }
    int cache = ((ShrinkCache) op).cache();
    long slabs = machine.slab().number(cache, "slabs");
    return Reply.of(new Shrunk(machine.slab().cache(cache).name, slabs), Value.number(result));
  }
}
