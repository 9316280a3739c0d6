package kmemsh.command;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import kmemsh.explain.StepFrames;
import kmemsh.machine.MachineQueries;
import kmemsh.machine.Slabs;
import kmemsh.session.Session;
import kmemsh.session.TimeWalk;
import kmemsh.trace.Fact;
import kmemsh.trace.TraceBuffer;
import kmemsh.view.MachineNames;
import kmemsh.view.PageState;
import kmemsh.view.SlabInfo;
import kmemsh.view.StepFrame;

/** Plays an operation of the history again, step by step. */
final class Player {
  private final Session session;

  Player(Session session) {
    this.session = session;
  }

  /** The machine before an operation. */
  private record Before(PageState pages, Map<Integer, StepFrames.Cache> caches) {}

  /** The pictures of entry {@code n} of the history; none for a reboot. */
  List<StepFrame> frames(int n) {
    if (session.opAt(n) == null) {
      return List.of();
    }
    TraceBuffer facts = new TraceBuffer();
    MachineNames names = session.factsOf(n, facts);
    Before before = new TimeWalk(session).at(n - 1, () -> look(facts));
    before.caches.replaceAll(this::named);
    return StepFrames.of(facts, names, before.pages, before.caches);
  }

  /** A cache that the operation itself made is called as it is called now. */
  private StepFrames.Cache named(int number, StepFrames.Cache cache) {
    Slabs slab = session.machine().slab();
    boolean known = !cache.name().isEmpty() || slab == null || slab.cache(number) == null;
    return known ? cache : new StepFrames.Cache(slab.cache(number).name, cache.slabs());
  }

  private Before look(TraceBuffer facts) {
    Map<Integer, StepFrames.Cache> caches = new HashMap<>();
    for (int i = 0; i < facts.size(); i++) {
      if (facts.kind(i) == Fact.SLAB_STEP) {
        caches.computeIfAbsent(facts.fact(i).at(1), this::cache);
      }
    }
    return new Before(session.machine().pages().pageState(), caches);
  }

  private StepFrames.Cache cache(int cache) {
    Slabs slab = session.machine().slab();
    MachineQueries queries = new MachineQueries(session.machine());
    boolean exists = slab != null && slab.cache(cache) != null && queries.slab().hasSlabs();
    if (!exists) {
      return new StepFrames.Cache("", List.of());
    }
    String name = queries.slab().nameOf(cache);
    List<SlabInfo> slabs = queries.slab().picture(name).slabs();
    return new StepFrames.Cache(name, slabs);
  }
}
