package kmemsh.command;

import kmemsh.lang.Arithmetic;
import kmemsh.lang.Suggest;
import kmemsh.lang.Value;
import kmemsh.lang.Words;
import kmemsh.machine.Slabs;
import kmemsh.op.Refused;
import kmemsh.view.Migratetype;
import kmemsh.view.Refusal;

/** Kinds of arguments that few commands take, and what is said of those that do not fit. */
final class ArgumentKinds {
  private ArgumentKinds() {}

  /** The number that a value of another kind stands for. */
  static long number(Value value) {
    boolean keptAddress = value.isAddress() && value.origin() != null;
    if (value.kind() == Value.PAGE || keptAddress) {
      String name = Arithmetic.name(value);
      throw new Refused(
          name
              + " is "
              + value.describeKind()
              + ", not a number: "
              + name
              + (value.kind() == Value.PAGE ? ".pfn" : ".addr")
              + " is one");
    }
    return Arithmetic.toNumber(value);
  }

  /** The number of the cache that {@code value} is. */
  static int cache(Lab lab, Value value) {
    if (value.kind() == Value.CACHE) {
      int cache = (int) value.number();
      Slabs slab = lab.session().machine().slab();
      if (slab == null || slab.hasCache(cache)) {
        return cache;
      }
      throw new Refused(
          new Refusal(
              Arithmetic.name(value) + " is the cache " + value.text() + ", which was destroyed",
              "A real kernel cannot tell: it would read whatever lies in the descriptor's memory"
                  + " now, mostly an oops",
              "kmem_cache_create " + value.text() + " SIZE"));
    }
    throw new Refused(Arithmetic.name(value) + " is " + value.describeKind() + ", not a cache");
  }

  /** The number of the cache called {@code name}. */
  static int cacheNamed(Lab lab, String name) {
    Slabs slab = lab.session().machine().slab();
    int cache = slab == null ? Slabs.NO_CACHE : slab.find(name);
    if (cache == Slabs.NO_CACHE) {
      throw new Refused(
          new Refusal(
              Words.show(name) + " is no cache: kmem_cache_create makes one",
              "",
              Suggest.nearest(name, lab.facts().cacheNames())));
    }
    return cache;
  }

  /** Why {@code value} is no page of this machine. */
  static Refused noPage(Lab lab, Value value) {
    if (value.kind() == Value.NUMBER || value.kind() == Value.PAGE) {
      long pfn = value.number();
      return new Refused(
          "pfn "
              + (pfn < 0 ? Long.toString(pfn) : "0x" + Long.toHexString(pfn))
              + " is not one of 0..0x"
              + Long.toHexString(lab.facts().endPfn() - 1));
    }
    return new Refused(
        Arithmetic.name(value)
            + (value.isNull()
                ? " is NULL: there is no page"
                : " is " + value.describeKind() + ", not a page"));
  }

  /** Why no value can stand in for argument {@code i}. */
  static Refused noLast(Usage usage, int i, int kind) {
    return new Refused(
        usage.name()
            + " takes "
            + usage.arguments()
            + ": there is no "
            + Value.kindName(kind)
            + " yet that could stand in for "
            + usage.params().get(i).label());
  }

  /** The kernel name of a zone of this machine. */
  static String zone(Lab lab, String word) {
    String[] zones = lab.facts().zoneNames();
    for (String zone : zones) {
      if (zone.equalsIgnoreCase(word)) {
        return zone;
      }
    }
    throw new Refused(
        new Refusal(
            Words.show(word) + " is no zone of this machine: there are " + String.join(", ", zones),
            "",
            Suggest.nearest(word, zones)));
  }

  static int migratetype(String word) {
    int type = Migratetype.parse(word);
    if (type < 0) {
      throw new Refused(
          Words.show(word)
              + " is no migratetype: there are Unmovable, Movable, Reclaimable, HighAtomic, CMA,"
              + " Isolate");
    }
    return type;
  }
}
