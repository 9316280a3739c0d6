package kmemsh.render;

import kmemsh.text.Style;
import kmemsh.text.Text;
import kmemsh.view.ByteCount;
import kmemsh.view.CacheGone;
import kmemsh.view.CacheHandle;
import kmemsh.view.NullObject;
import kmemsh.view.ObjectFreed;
import kmemsh.view.ObjectResult;
import kmemsh.view.ObjectsFreed;
import kmemsh.view.Reaped;
import kmemsh.view.Shrunk;

/** The answers of calls of the object allocators: one line each where it fits. */
final class ObjectText {
  private static final long PAGE_BYTES = 4096;
  private static final long ZERO_SIZE_PTR = 16;

  // Columns of the words of a line, blanks in front included.
  private static final int OBJECT = 7;
  private static final int NUMBER = 19;
  private static final int BYTES = 12;

  private ObjectText() {}

  /** {@code object 0xc1408000 kmalloc-32, 20 of 32 bytes object 3 of slab 0x1408}. */
  static void object(ObjectResult object, Text out, int columns) {
    long address = object.virt().value();
    if (address == ZERO_SIZE_PTR) {
      out.add("ZERO_SIZE_PTR: nothing was asked for, so this may not be touched").line();
      return;
    }
    int needed = Draw.column(out) + OBJECT + Draw.hexDigits(address) + 2 + BYTES;
    out.add("object ").hex(address).add("  ");
    if (object.nrPages() > 0) {
      out.number(object.nrPages()).add(object.nrPages() == 1 ? " page" : " pages");
    } else {
      out.add(object.cache().isEmpty() ? "heap" : object.cache());
      needed += object.cache().length();
    }
    needed += object.object() < 0 ? BYTES : NUMBER + Draw.hexDigits(object.pfn());
    if (object.askedBytes() >= 0 && needed < columns) {
      out.add(", ").number(object.askedBytes()).add(" of ");
      out.number(object.usableBytes()).add(" bytes");
    }
    if (object.object() < 0) {
      out.add("  pfn ").hex(object.pfn()).line();
    } else {
      out.add("  object ").number(object.object()).add(" of slab ").hex(object.pfn()).line();
    }
  }

  static void freed(ObjectFreed freed, Text out) {
    long address = freed.virt().value();
    if (address >= 0 && address <= ZERO_SIZE_PTR) {
      if (address > 0 && address < ZERO_SIZE_PTR) {
        out.hex(address).add(" is below ");
      }
      out.add(address == 0 ? "NULL" : "ZERO_SIZE_PTR").add(": nothing to free").line();
      return;
    }
    out.add("freed ").hex(address);
    if (freed.pfn() < 0) {
      out.add("  its pages went back").line();
    } else if (freed.cache().isEmpty()) {
      out.add("  heap page pfn ").hex(freed.pfn()).line();
    } else {
      out.add("  ").add(freed.cache()).add("  slab ").hex(freed.pfn()).line();
    }
  }

  /** Appends the other records; false when {@code record} is none of them. */
  static boolean render(Object record, Text out, int columns) {
    if (record instanceof CacheHandle cache) {
      handle(cache, out, columns);
    } else if (record instanceof NullObject nothing) {
      out.add(Style.CHANGED, "NULL").add(": ");
      String mask = nothing.gfp().isEmpty() ? "" : nothing.gfp() + ": ";
      Draw.words(mask + nothing.reason(), out, columns, 2);
      out.line();
    } else if (record instanceof ObjectsFreed freed) {
      out.add("freed ").add(Draw.count(freed.nrObjects(), "object"));
      out.add(freed.cache().isEmpty() ? "" : "  " + freed.cache()).line();
    } else if (record instanceof CacheGone gone) {
      out.add("destroyed ").add(gone.name());
      String left = gone.sharedWith();
      out.add(left.isEmpty() ? "" : "; others still share the cache " + left).line();
    } else if (record instanceof Shrunk shrunk) {
      out.add("shrunk ").add(shrunk.name()).add(": ");
      out.add(shrunk.slabs() == 0 ? "no slab is" : Draw.count(shrunk.slabs(), "slab") + " are");
      out.add(" left").line();
    } else if (record instanceof ByteCount count) {
      out.number(count.bytes()).add(" bytes  ").add(count.of()).line();
    } else if (record instanceof Reaped reaped) {
      reaped(reaped, out);
    } else {
      return false;
    }
    return true;
  }

  private static void handle(CacheHandle cache, Text out, int columns) {
    Text line = new Text();
    line.add("cache ").add(cache.name()).add("  ").number(cache.objectSize()).add(" bytes");
    if (cache.size() != cache.objectSize()) {
      line.add(", ").number(cache.size()).add(" apart");
    }
    if (cache.pagesPerSlab() > 0) {
      line.add("  ").add(Draw.count(cache.objsPerSlab(), "object")).add(" in a slab of ");
      line.size(cache.pagesPerSlab() * PAGE_BYTES);
    }
    if (!cache.sharedWith().isEmpty()) {
      line.add("  shared with ").add(cache.sharedWith());
    }
    Draw.words(line.plain(), out, columns, 2);
    out.line();
  }

  private static void reaped(Reaped reaped, Text out) {
    if (!reaped.slab().equals("slab")) {
      out.add(reaped.slab()).add(" has no periodic work: only slab has a reaper").line();
      return;
    }
    out.add("cpu ").number(reaped.cpu()).add(": the reaper gave back ");
    out.add(Draw.count(reaped.slabs(), "slab")).line();
  }
}
