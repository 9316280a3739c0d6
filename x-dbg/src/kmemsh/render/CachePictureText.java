package kmemsh.render;

import java.util.ArrayList;
import java.util.List;
import kmemsh.text.Style;
import kmemsh.text.Text;
import kmemsh.view.Addr;
import kmemsh.view.CacheInfo;
import kmemsh.view.CachePicture;
import kmemsh.view.CachePicture.ObjectArray;
import kmemsh.view.SlabInfo;

/** A cache drawn: its arrays, its lists, and in each list its slabs with their objects. */
final class CachePictureText {
  private static final String[] SLAB_LISTS = {"slabs_full", "slabs_partial", "slabs_free"};
  private static final int MOST_SLABS = 12;
  private static final int MOST_ENTRIES = 8;
  private static final int INDENT = 2;
  private static final int HANG = 4;

  private CachePictureText() {}

  static void render(CachePicture picture, Text out, int columns) {
    head(picture, out, columns);
    for (ObjectArray array : picture.arrays()) {
      array(array, out, columns);
    }
    if (picture.allocator().equals("slab")) {
      for (String list : SLAB_LISTS) {
        list(list, slabsOf(picture, list), out, columns);
      }
    } else {
      list("cpu slab", slabsOf(picture, "cpu slab"), out, columns);
      if (picture.cpuPartialSlabs() > 0) {
        list("cpu partial", slabsOf(picture, "cpu partial"), out, columns);
      }
      list("partial", slabsOf(picture, "partial"), out, columns);
      list("full, on no list", slabsOf(picture, "full"), out, columns);
    }
    line("U used  . free  a waiting in an array or on a CPU's freelist", out, columns, 0);
  }

  private static void head(CachePicture picture, Text out, int columns) {
    CacheInfo cache = picture.cache();
    String allocator = picture.allocator().equals("slab") ? "SLAB" : "SLUB";
    out.add(Style.NAME, cache.name()).add(": ");
    String sizes =
        allocator
            + ", objects of "
            + cache.objectSize()
            + " bytes, "
            + cache.size()
            + " apart, "
            + cache.objsPerSlab()
            + " in a slab of order "
            + cache.order()
            + (cache.aliases() > 0 ? ", " + (cache.aliases() + 1) + " names" : "");
    Draw.words(sizes, out, columns, INDENT);
    out.line();
    String counts =
        Draw.count(cache.usedObjs(), "object")
            + " used, "
            + Draw.grouped(cache.waitingObjs())
            + " waiting, "
            + Draw.grouped(cache.numObjs() - cache.usedObjs() - cache.waitingObjs())
            + " free, "
            + Draw.count(cache.numSlabs(), "slab");
    line(counts, out, columns, INDENT);
    line(rules(picture), out, columns, INDENT);
  }

  private static String rules(CachePicture picture) {
    CacheInfo cache = picture.cache();
    if (picture.allocator().equals("slab")) {
      String colours =
          picture.colours() < 2
              ? "one colour"
              : picture.colours() + " colours of " + picture.colourOff() + " bytes";
      return "limit "
          + cache.limit()
          + ", batchcount "
          + cache.batchcount()
          + ", "
          + colours
          + ", index "
          + index(picture.freelist());
    }
    return "keeps "
        + picture.minPartial()
        + " slabs on a node's partial list"
        + (picture.cpuPartialSlabs() == 0
            ? ""
            : ", " + picture.cpuPartialSlabs() + " on a CPU's partial chain");
  }

  private static String index(String mode) {
    if (mode.equals("obj")) {
      return "in a free object";
    }
    return mode.equals("off") ? "off the slab" : "at the end of the slab";
  }

  private static void array(ObjectArray array, Text out, int columns) {
    out.blanks(INDENT).add(Style.NAME, name(array)).add(": ");
    int nr = array.entries().length;
    StringBuilder words = new StringBuilder();
    words.append(nr).append(" of ").append(array.limit());
    words.append(nr == 0 ? "" : ", next first:");
    for (int i = 0; i < Math.min(nr, MOST_ENTRIES); i++) {
      Addr entry = array.entries()[i];
      words.append(' ').append(Draw.hex(entry.value()));
    }
    if (nr > MOST_ENTRIES) {
      words.append(" ... ").append(nr - MOST_ENTRIES).append(" more");
    }
    Draw.words(words.toString(), out, columns, HANG);
    out.line();
  }

  private static String name(ObjectArray array) {
    if (array.kind().equals("cpu")) {
      return "array of cpu " + array.owner();
    }
    String of = array.other() < 0 ? "" : " for node " + array.other();
    return array.kind() + " array of node " + array.owner() + of;
  }

  private static List<SlabInfo> slabsOf(CachePicture picture, String list) {
    List<SlabInfo> slabs = new ArrayList<>();
    for (SlabInfo slab : picture.slabs()) {
      if (slab.list().equals(list)) {
        slabs.add(slab);
      }
    }
    return slabs;
  }

  private static void list(String name, List<SlabInfo> slabs, Text out, int columns) {
    out.blanks(INDENT).add(Style.NAME, name).add(": ");
    Draw.words(slabs.isEmpty() ? "none" : Draw.count(slabs.size(), "slab"), out, columns, HANG);
    out.line();
    for (int i = 0; i < Math.min(slabs.size(), MOST_SLABS); i++) {
      slab(slabs.get(i), out, columns);
    }
    if (slabs.size() > MOST_SLABS) {
      int more = slabs.size() - MOST_SLABS;
      line("... " + Draw.count(more, "more slab"), out, columns, HANG);
    }
  }

  private static void slab(SlabInfo slab, Text out, int columns) {
    String words =
        slab.nr()
            + "  pfn "
            + Draw.hex(slab.pfn())
            + (slab.offset() == 0 ? "" : " +" + slab.offset())
            + owner(slab)
            + "  "
            + slab.used()
            + " of "
            + slab.objects()
            + " used";
    out.blanks(HANG);
    Draw.words(words, out, columns, HANG + 2);
    int room = columns - Draw.column(out) - 4;
    boolean beside = slab.objects() <= room;
    if (!beside) {
      out.line().blanks(HANG);
      room = columns - HANG - 4;
    }
    objects(slab.states(), room, out.add("  ["));
    out.add(']').line();
  }

  private static String owner(SlabInfo slab) {
    if (slab.list().startsWith("cpu")) {
      return "  cpu " + slab.owner();
    }
    return slab.owner() == 0 ? "" : "  node " + slab.owner();
  }

  /** The states of as many objects as there is room for. */
  static void objects(String states, int room, Text out) {
    boolean all = states.length() <= room;
    int shown = all ? states.length() : Math.max(1, room - 1);
    for (int i = 0; i < shown; i++) {
      object(states.charAt(i), out);
    }
    out.add(all ? "" : ">");
  }

  static void object(char state, Text out) {
    out.style(state == SlabInfo.FREE ? Style.FREE : Style.PLAIN).add(state).style(Style.PLAIN);
  }

  private static void line(String words, Text out, int columns, int indent) {
    Draw.words(words, out.blanks(indent), columns, indent + 2);
    out.line();
  }
}
