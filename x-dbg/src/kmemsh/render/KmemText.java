package kmemsh.render;

import java.util.List;
import kmemsh.text.Style;
import kmemsh.text.Text;
import kmemsh.view.KmemSlabs;
import kmemsh.view.SlabInfo;
import kmemsh.view.SlabObjects;

/** A cache with all its objects, as the crash utility's {@code kmem -S} prints it. */
final class KmemText {
  private KmemText() {}

  static void render(KmemSlabs kmem, Text out, int columns) {
    CacheTableText.kmem(List.of(kmem.cache()), out, columns);
    for (SlabObjects objects : kmem.slabs()) {
      SlabInfo slab = objects.slab();
      boolean wide = columns >= 80;
      if (wide) {
        out.add(Style.HEAD, "SLAB              MEMORY            NODE  TOTAL  ALLOCATED  FREE");
        out.line();
        out.left("pfn " + Draw.hex(slab.pfn()), 16).add("  ");
        out.left(Long.toHexString(slab.virt().value()), 16).add("  ");
        out.number(slab.list().startsWith("cpu") ? 0 : slab.owner(), 4).add("  ");
        out.number(slab.objects(), 5).add("  ").number(slab.used(), 9).add("  ");
        out.number(slab.objects() - slab.used(), 4).line();
      } else {
        String line = "slab pfn " + Draw.hex(slab.pfn()) + ": total " + slab.objects();
        Draw.words(line + " allocated " + slab.used(), out, columns, 2);
        out.line();
      }
      out.add("FREE / [ALLOCATED]").line();
      objects(objects, out);
    }
  }

  private static void objects(SlabObjects objects, Text out) {
    SlabInfo slab = objects.slab();
    for (int i = 0; i < slab.objects(); i++) {
      long address = slab.virt().value() + slab.offset() + (long) i * objects.size();
      boolean used = slab.states().charAt(i) == SlabInfo.USED;
      out.add(used ? "  [" : "   ").add(Long.toHexString(address)).add(used ? "]" : "");
      if (slab.states().charAt(i) == SlabInfo.WAITING) {
        out.add(
            slab.list().startsWith("cpu") ? "  (cpu " + slab.owner() + " freelist)" : "  (array)");
      }
      out.line();
    }
  }
}
