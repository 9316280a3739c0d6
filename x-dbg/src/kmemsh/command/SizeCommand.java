package kmemsh.command;

import kmemsh.lang.Value;
import kmemsh.machine.Machine;
import kmemsh.machine.Slabs;
import kmemsh.op.FreeObject;
import kmemsh.view.ByteCount;

/** {@code ksize OBJ} and {@code kmem_cache_size CACHE}. They change nothing. */
final class SizeCommand extends Command {
  private final boolean ofCache;

  private SizeCommand(Usage usage, boolean ofCache) {
    super(usage);
    this.ofCache = ofCache;
  }

  /** The command of that name. */
  static SizeCommand of(String name) {
    boolean ofCache = name.equals("kmem_cache_size");
    Usage usage =
        ofCache
            ? new Usage(name, CommandTable.OBJECTS, "The bytes of a cache's objects")
                .prototype("unsigned int kmem_cache_size(struct kmem_cache *s)")
                .required("CACHE", ArgKind.CACHE, "a cache by name or value", Usage.NEEDS_LIVE)
            : new Usage(name, CommandTable.OBJECTS, "The bytes that can be used behind an address")
                .prototype("size_t ksize(const void *objp)")
                .required("OBJ", ArgKind.ADDRESS, "what kmalloc gave", Usage.NEEDS_LIVE);
    return new SizeCommand(usage, ofCache);
  }

  @Override
  public Reply run(Arguments arguments) {
    Machine machine = arguments.session().machine();
    if (ofCache) {
      int cache = arguments.cache(0);
      int bytes = machine.slab().cache(cache).objectSize;
      return Reply.of(new ByteCount(machine.slab().cache(cache).name, bytes), Value.number(bytes));
    }
    long address = arguments.object(0);
    new FreeObject(Slabs.NO_CACHE, address).check(machine);
    boolean nothing = address >= 0 && address <= Slabs.ZERO_SIZE_PTR;
    long bytes = nothing ? 0 : machine.slab().ksize(address - machine.pageOffset());
    return Reply.of(new ByteCount("0x" + Long.toHexString(address), bytes), Value.number(bytes));
  }
}
