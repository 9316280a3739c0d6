package kmemsh.command;

import kmemsh.lang.Suggest;
import kmemsh.lang.Value;
import kmemsh.lang.Words;
import kmemsh.machine.MachineQueries;
import kmemsh.machine.Slabs;
import kmemsh.op.Refused;
import kmemsh.view.Refusal;

/** What commands that look at caches have in common: a cache named by a word or a value. */
final class CacheLook {
  private CacheLook() {}

  /** The name of the cache that argument {@code i} means, as it was created. */
  static String name(Arguments arguments, int i) {
    Slabs slab = arguments.session().machine().slab();
    String word = arguments.word(i);
    int cache = slab.find(word);
    if (cache == Slabs.NO_CACHE && word.startsWith("$")) {
      Value value = arguments.value(i);
      cache = value.kind() == Value.CACHE ? (int) value.number() : Slabs.NO_CACHE;
    }
    String name = cache == Slabs.NO_CACHE ? null : queries(arguments).slab().nameOf(cache);
    if (name == null) {
      throw new Refused(
          new Refusal(
              Words.show(word) + " is no cache of this machine: cache_chain lists them",
              "",
              Suggest.nearest(word, slab.names())));
    }
    return name;
  }

  /** Like {@link #name}, and SLOB is refused because it has no slabs. */
  static String nameWithSlabs(Arguments arguments, int i) {
    needSlabs(arguments);
    return name(arguments, i);
  }

  static void needSlabs(Arguments arguments) {
    if (!queries(arguments).slab().hasSlabs()) {
      throw new Refused(
          new Refusal(
              "slob has no slabs: its objects lie in one heap, whatever their cache",
              "",
              "slabinfo"));
    }
  }

  static MachineQueries queries(Arguments arguments) {
    return LookCommand.machine(arguments);
  }
}
