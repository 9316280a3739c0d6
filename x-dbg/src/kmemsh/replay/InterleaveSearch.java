package kmemsh.replay;

import java.util.Arrays;
import java.util.StringJoiner;
import kmemsh.capture.BadRecording;
import kmemsh.capture.RecordedMachine;
import kmemsh.view.Gfp;

/**
 * Finds out which CPUs of a recording allocate under the interleave policy.
 *
 * <p>The idle tasks of secondary CPUs are made while boot still interleaves over the nodes and keep
 * that policy. A recording does not say so, but it shows: the first request that leaves the CPU's
 * own node differs from the default policy. Then the section is tried again with that CPU
 * interleaving, after each of the nodes in turn.
 *
 * <p>Spec: page-allocator.md 5.1; FORMAT.md 11
 */
final class InterleaveSearch {
  /** What stands for the default policy instead of a node. */
  static final int DEFAULT = -1;

  private final RecordedMachine recorded;
  private int[] lastNid;

  InterleaveSearch(RecordedMachine recorded) {
    this.recorded = recorded;
    this.lastNid = new int[recorded.nrCpus()];
    Arrays.fill(lastNid, DEFAULT);
  }

  /** Replays the section of the search with these policies. */
  interface Attempt {
    PageReplay run(int[] lastNid) throws BadRecording;
  }

  /** Whether the policy of a CPU may be the reason for what {@code replay} found. */
  boolean mayExplain(PageReplay replay) {
    PageReplay.Divergence at = replay.divergence();
    return at != null
        && recorded.option("numa")
        && recorded.nrNodes() > 1
        && at.cpu() != 0
        && lastNid[at.cpu()] == DEFAULT
        && (at.gfpMask() & Gfp.__GFP_THISNODE) == 0;
  }

  /** The replay without a difference under some policies, or null when there is none. */
  PageReplay search(PageReplay first, Attempt attempt) throws BadRecording {
    PageReplay best = first;
    while (mayExplain(best)) {
      PageReplay better = bestNode(best.divergence(), attempt);
      if (better == null || better.difference() == null) {
        return better;
      }
      best = better;
    }
    return null;
  }

  /** Tries every node as the one that the CPU used last; null when none gets any further. */
  private PageReplay bestNode(PageReplay.Divergence at, Attempt attempt) throws BadRecording {
    PageReplay best = null;
    int[] bestNids = lastNid;
    for (int nid = 0; nid < recorded.nrNodes(); nid++) {
      int[] nids = lastNid.clone();
      nids[at.cpu()] = nid;
      PageReplay replay = attempt.run(nids);
      if (reach(replay) > (best == null ? at.operation() : reach(best))) {
        best = replay;
        bestNids = nids;
      }
    }
    lastNid = bestNids;
    return best;
  }

  /** The operation up to which a replay agrees. */
  private static long reach(PageReplay replay) {
    return replay.difference() == null ? Long.MAX_VALUE : replay.difference().operation();
  }

  /** What a report says of the policies that were found. */
  String note() {
    StringJoiner cpus = new StringJoiner(", ");
    for (int cpu = 0; cpu < lastNid.length; cpu++) {
      if (lastNid[cpu] != DEFAULT) {
        cpus.add("CPU " + cpu);
      }
    }
    return "with " + cpus + " under the interleave policy (FORMAT.md 11)";
  }
}
