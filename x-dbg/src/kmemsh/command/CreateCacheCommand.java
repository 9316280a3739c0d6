package kmemsh.command;

import kmemsh.lang.SlabFlagWords;
import kmemsh.lang.Value;
import kmemsh.lang.Words;
import kmemsh.machine.Machine;
import kmemsh.op.CreateCache;
import kmemsh.op.Op;
import kmemsh.op.Refused;
import kmemsh.view.CacheHandle;
import kmemsh.view.NullObject;

/** {@code kmem_cache_create NAME SIZE [ALIGN] [FLAGS] [ctor]}. */
final class CreateCacheCommand extends OpCommand {
  private static final int LONGEST_NAME = 64;

  private final Machine machine;

  CreateCacheCommand(Lab lab) {
    super(
        new Usage("kmem_cache_create", CommandTable.OBJECTS, "Make a cache of equal objects")
            .prototype(
                "struct kmem_cache *kmem_cache_create(const char *name, unsigned int size, unsigned"
                    + " int align, slab_flags_t flags, void (*ctor)(void *))")
            .required("NAME", ArgKind.NAME, "what /proc/slabinfo shows")
            .required("SIZE", ArgKind.BYTES, "bytes of an object")
            .optional("ALIGN", ArgKind.COUNT, "0", "least alignment, a power of two")
            .optional("FLAGS", ArgKind.WORD, "0", "SLAB_HWCACHE_ALIGN, ... joined with |")
            .optional("CTOR", ArgKind.WORD, "none", "the word ctor: objects have a constructor"));
    machine = lab.session().machine();
  }

  @Override
  public Op bind(Arguments arguments) {
    String name = arguments.word(0);
    checkName(name);
    int align = 0;
    int flags = 0;
    boolean ctor = false;
    boolean aligned = false;
    for (int i = 2; i < 5 && arguments.has(i); i++) {
      String word = arguments.word(i);
      char first = word.isEmpty() ? 0 : word.charAt(0);
      if (word.equals("ctor")) {
        ctor = true;
      } else if (!aligned && ((first >= '0' && first <= '9') || first == '$')) {
        align = arguments.inRange(i, 0, Integer.MAX_VALUE);
        aligned = true;
      } else if (!word.equals("NULL")) {
        flags |= SlabFlagWords.parse(word);
        aligned = true;
      }
    }
    return new CreateCache(name, arguments.number(1), align, flags, ctor);
  }

  private static void checkName(String name) {
    boolean good = !name.isEmpty() && name.length() <= LONGEST_NAME && name.charAt(0) != '$';
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      good &= c > ' ' && c < 0x7f && c != ')' && c != '(';
    }
    if (!good) {
      throw new Refused(
          (name.isEmpty() ? "an empty name" : Words.show(name))
              + " is no name for a cache: a name has 1 to 64 characters, no blanks, no $ in front");
    }
  }

  @Override
  public Reply reply(Op op, long result) {
    CreateCache asked = (CreateCache) op;
    if (result < 0) {
      return Reply.of(new NullObject("error " + result, "there is no memory"), Value.nothing());
    }
    var cache = machine.slab().cache((int) result);
    boolean slabs = !machine.slab().kind().equals("slob");
    String shared = cache.name.equals(asked.name()) ? "" : cache.name;
    return Reply.of(
        new CacheHandle(
            asked.name(),
            shared,
            (int) asked.size(),
            cache.size,
            cache.align,
            slabs ? cache.nrObjects : 0,
            slabs ? 1 << cache.order : 0),
        Value.cache(cache.id, asked.name()));
  }
}
