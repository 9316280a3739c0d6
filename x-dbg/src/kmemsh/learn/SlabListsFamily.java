package kmemsh.learn;

import java.util.List;

/** How the slabs of SLAB move between full, partial and free. */
final class SlabListsFamily extends Family {
  SlabListsFamily() {
    super("lists", "slab", "how a slab moves between full, partial and free");
  }

  @Override
  void make(Draft draft) {
    draft.boot("--machine i386 --mem 64M --slab slab");
    draft.setup("kmem_cache_create foo " + draft.pick(50, 250) * 8);
    int objects = draft.pick(3, 70);
    draft.setup("o = repeat " + objects + " kmem_cache_alloc foo");
    if (draft.level() > 1) {
      int step = draft.pick(1, 3);
      StringBuilder free = new StringBuilder("for i in");
      for (int i = draft.pick(0, step); i < Math.min(objects, 40); i += step) {
        free.append(' ').append(i);
      }
      draft.setup(free + ": kmem_cache_free foo $o[$i]");
    }
    ask(draft);
    draft.hint("Objects that wait in a CPU's array still count as taken from their slab.");
    draft.hint("An empty array is refilled with batchcount objects; kmem_cache_shrink empties it.");
  }

  private static void ask(Draft draft) {
    String last = draft.level() == 3 ? "kmem_cache_shrink foo" : "kmem_cache_alloc foo";
    if (draft.level() == 3) {
      draft.picture("cache foo");
    } else {
      draft.picture("slabinfo", 2);
    }
    draft.prompt(
        "How many slabs has cache foo on slabs_full, slabs_partial and slabs_free after `"
            + last
            + "`? Three numbers.");
    draft.look(last);
    draft.numbers(counts(draft.bench()));
    draft.show(last);
    draft.show("cache foo");
  }

  private static List<Long> counts(Bench bench) {
    return List.of(
        bench.number("cache(foo).full"),
        bench.number("cache(foo).partial"),
        bench.number("cache(foo).free"));
  }

  @Override
  String meant(Bench bench, Question question, String given) {
    String[] told = given.split(" ", -1);
    if (told.length != 3) {
      return told.length + " numbers, but there are three lists";
    }
    long slabs = Long.parseLong(told[0]) + Long.parseLong(told[1]) + Long.parseLong(told[2]);
    long objects = bench.number("cache(foo).objects");
    long now = bench.number("cache(foo).slabs");
    return "that is " + slabs + " slabs; before, " + now + " slabs held " + objects + " objects";
  }
}
