package kmemsh.command;

import java.util.Arrays;
import kmemsh.lang.Value;
import kmemsh.machine.Machine;
import kmemsh.machine.Slabs;
import kmemsh.op.FreeObjects;
import kmemsh.op.Op;
import kmemsh.view.ObjectsFreed;

/** {@code kmem_cache_free_bulk CACHE OBJ...}: objects or lists of them in one call. */
final class FreeObjectsCommand extends OpCommand {
  private final Machine machine;

  FreeObjectsCommand(Lab lab) {
    super(
        new Usage("kmem_cache_free_bulk", CommandTable.OBJECTS, "Give several objects back at once")
            .prototype("void kmem_cache_free_bulk(struct kmem_cache *s, size_t size, void **p)")
            .required("CACHE", ArgKind.CACHE, "a cache, or NULL: each its own", Usage.NEEDS_LIVE)
            .rest("OBJ", ArgKind.ADDRESS, true, "objects, or a list of them such as $1"));
    machine = lab.session().machine();
  }

  @Override
  public Op bind(Arguments arguments) {
    int cache = arguments.word(0).equals("NULL") ? Slabs.NO_CACHE : arguments.cache(0);
    long[] all = new long[0];
    for (int i = 0; i < arguments.nrRest(); i++) {
      Value value = arguments.evaluate(arguments.rest(i));
      if (!machine.profile().letsThrough()) {
        arguments.live(value);
      }
      long[] more =
          value.kind() == Value.LIST ? value.elements() : new long[] {Arguments.object(value)};
      long[] joined = Arrays.copyOf(all, all.length + more.length);
      System.arraycopy(more, 0, joined, all.length, more.length);
      all = joined;
    }
    return new FreeObjects(cache, all);
  }

  @Override
  public Reply reply(Op op, long result) {
    int cache = ((FreeObjects) op).cache();
    int wanted = ((FreeObjects) op).wanted();
    if (result < wanted) {
      return ObjectReplies.notFreed(wanted - result, wanted);
    }
    String name = cache == Slabs.NO_CACHE ? "" : machine.slab().cache(cache).name;
    return Reply.of(new ObjectsFreed(result, name));
  }
}
