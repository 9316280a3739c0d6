package kmemsh.mm.page;

/**
 * The zones a request may use, in the order in which they are tried.
 *
 * <pre>
 *   fallback  [nrNodes][maxNrZones][]  zones of all nodes, for a starting node and a highest zone
 *   thisNode  [nrNodes][maxNrZones][]  zones of the starting node alone
 * </pre>
 *
 * <p>Spec: page-allocator.md 5.1
 */
public final class Zonelists {
  private final int[][][] fallback;
  private final int[][][] thisNode;

  Zonelists(PageConfig config, Zone[] zones) {
    int nrNodes = config.nrNodes();
    fallback = new int[nrNodes][config.maxNrZones()][];
    thisNode = new int[nrNodes][config.maxNrZones()][];
    for (int nid = 0; nid < nrNodes; nid++) {
      int[] alone = {nid};
      for (int highest = 0; highest < config.maxNrZones(); highest++) {
        fallback[nid][highest] = list(config, zones, config.nodeOrder()[nid], highest);
        thisNode[nid][highest] = list(config, zones, alone, highest);
      }
    }
  }

  private static int[] list(PageConfig config, Zone[] zones, int[] nodes, int highest) {
    int[] list = new int[nodes.length * config.maxNrZones()];
    int nr = 0;
    for (int nid : nodes) {
      for (int index = highest; index >= 0; index--) {
        int z = nid * config.maxNrZones() + index;
        if (zones[z].isPopulated()) {
          list[nr++] = z;
        }
      }
    }
    return java.util.Arrays.copyOf(list, nr);
  }

  int[] zones(int nid, int highestZone, boolean onlyThisNode) {
    return (onlyThisNode ? thisNode : fallback)[nid][highestZone];
  }

  /**
   * The order in which every node falls back to the others.
   *
   * @param distance SLIT, {@code [from][to]}
   * @param hasMemory whether a node has memory
   * @param hasCpus whether a node has CPUs
   */
  public static int[][] nodeOrder(int[][] distance, boolean[] hasMemory, boolean[] hasCpus) {
    int nrNodes = distance.length;
    int[] load = new int[nrNodes];
    int[][] order = new int[nrNodes][];
    for (int nid = 0; nid < nrNodes; nid++) {
      order[nid] = orderOf(nid, distance, hasMemory, hasCpus, load);
    }
    return order;
  }

  private static int[] orderOf(
      int nid, int[][] distance, boolean[] hasMemory, boolean[] hasCpus, int[] load) {
    int nrNodes = distance.length;
    boolean[] used = new boolean[nrNodes];
    int[] order = new int[nrNodes];
    int nr = 0;
    order[nr++] = nid;
    used[nid] = true;
    int previous = nid;
    while (true) {
      int best = -1;
      long bestCost = Long.MAX_VALUE;
      for (int n = 0; n < nrNodes; n++) {
        long cost = distance[nid][n] + (n < nid ? 1 : 0) + (hasCpus[n] ? 1 : 0);
        cost = cost * MAX_NUMNODES + load[n];
        if (!used[n] && hasMemory[n] && cost < bestCost) {
          best = n;
          bestCost = cost;
        }
      }
      if (best < 0) {
        return java.util.Arrays.copyOf(order, nr);
      }
      if (distance[nid][best] != distance[nid][previous]) {
        load[best]++;
      }
      order[nr++] = best;
      used[best] = true;
      previous = best;
    }
  }

  private static final int MAX_NUMNODES = 64;
}
