package kmemsh.replay;

import java.util.Arrays;
import java.util.BitSet;
import java.util.StringJoiner;
import kmemsh.capture.BadRecording;
import kmemsh.capture.RecordedMachine;
import kmemsh.view.Gfp;

/**
 * Finds out what no recording says of objects on several nodes: which look-ups on other nodes'
 * partial lists the kernel passed over, as a cycle counter makes it do now and then, and which CPUs
 * take pages under the interleave policy.
 *
 * <p>Either shows in the first object that is another one. Then the section is tried again with
 * that look-up left out, or with that CPU interleaving, and what gets furthest is kept.
 *
 * <p>Spec: slab-allocators.md 3.5 step 6, page-allocator.md 5.1; FORMAT.md 11
 */
final class ObjSearch {
  private static final int MOST_ATTEMPTS = 200;

  private final RecordedMachine recorded;
  private int[] lastNid;
  private BitSet passedOver = new BitSet();
  private int attempts;

  ObjSearch(RecordedMachine recorded) {
    this.recorded = recorded;
    lastNid = new int[recorded.nrCpus()];
    Arrays.fill(lastNid, InterleaveSearch.DEFAULT);
  }

  /** Replays the section of the search with these policies and without these look-ups. */
  interface Attempt {
    ObjReplay run(int[] lastNid, BitSet passedOver) throws BadRecording;
  }

  /** The replay without a difference, or null when there is none. */
  ObjReplay search(ObjReplay first, Attempt attempt) throws BadRecording {
    ObjReplay best = first;
    while (best.divergence() != null && recorded.nrNodes() > 1) {
      ObjReplay better = better(best, attempt);
      if (better == null || better.difference() == null) {
        return better;
      }
      best = better;
    }
    return null;
  }

  /** What gets furthest of all that may explain a divergence; null when nothing gets further. */
  private ObjReplay better(ObjReplay than, Attempt attempt) throws BadRecording {
    ObjReplay.Divergence at = than.divergence();
    ObjReplay best = than;
    int[] bestNids = lastNid;
    BitSet bestLooks = passedOver;
    for (int look = at.firstLook(); look < at.endLook() && mayTry(); look++) {
      BitSet looks = (BitSet) passedOver.clone();
      looks.set(look);
      ObjReplay replay = attempt.run(lastNid, looks);
      if (reach(replay) > reach(best)) {
        best = replay;
        bestLooks = looks;
      }
    }
    boolean mayInterleave =
        at.cpu() != 0
            && lastNid[at.cpu()] == InterleaveSearch.DEFAULT
            && (at.gfpMask() & Gfp.__GFP_THISNODE) == 0;
    for (int nid = 0; mayInterleave && nid < recorded.nrNodes() && mayTry(); nid++) {
      int[] nids = lastNid.clone();
      nids[at.cpu()] = nid;
      ObjReplay replay = attempt.run(nids, passedOver);
      if (reach(replay) > reach(best)) {
        best = replay;
        bestNids = nids;
        bestLooks = passedOver;
      }
    }
    lastNid = bestNids;
    passedOver = bestLooks;
    return best == than ? null : best;
  }

  private boolean mayTry() {
    return ++attempts <= MOST_ATTEMPTS;
  }

  /** The operation up to which a replay agrees. */
  private static long reach(ObjReplay replay) {
    return replay.difference() == null ? Long.MAX_VALUE : replay.difference().operation();
  }

  /** What a report says of what was found. */
  String note() {
    StringJoiner all = new StringJoiner(" and ", "with ", " (FORMAT.md 11)");
    StringJoiner cpus = new StringJoiner(", ");
    for (int cpu = 0; cpu < lastNid.length; cpu++) {
      if (lastNid[cpu] != InterleaveSearch.DEFAULT) {
        cpus.add("CPU " + cpu);
      }
    }
    if (cpus.length() > 0) {
      all.add(cpus + " under the interleave policy");
    }
    int looks = passedOver.cardinality();
    if (looks > 0) {
      all.add(looks + (looks == 1 ? " look-up" : " look-ups") + " on other nodes passed over");
    }
    return all.toString();
  }
}
