package kmemsh.mm.slab;

import kmemsh.base.IntDeque;
import kmemsh.mm.page.PageAllocator;
import kmemsh.trace.SlabStep;
import kmemsh.trace.Trace;
import kmemsh.view.CacheGeometry.Freelist;
import kmemsh.view.Gfp;
import kmemsh.view.SlabFlags;

/**
 * The slabs of SLAB's caches: made, taken from, given back to, and destroyed.
 *
 * <pre>
 *              refill                    refill, last object
 *   new slab --------&gt; slabs_partial (head) ------------&gt; slabs_full (head)
 *                        ^   ^ (tail)                        |
 *                 refill |   +------------- free ------------+
 *                        |                    |
 *                   slabs_free (head) &lt;--- free, last object
 *                        (tail) ---&gt; destroyed, when there are too many
 * </pre>
 *
 * <p>Left out: debugging of SLAB (spec 2.12), memory policies of tasks.
 *
 * <p>Spec: slab-allocators.md 2.5, 2.7 to 2.9, 2.14
 */
final class SlabLists {
  static final int NO_SLAB = SlabTable.NONE;

  private final Slab slab;
  final SlabTable table;
  Trace trace = Trace.OFF;
  boolean tracing;

  /** What is in memory; null as long as nobody looks. */
  ObjectBytes contents;

  /** Blocks of TYPESAFE_BY_RCU caches that wait for a grace period: pfn and order in turn. */
  final IntDeque waitingForRcu = new IntDeque();

  SlabLists(Slab slab, SlabTable table) {
    this.slab = slab;
    this.table = table;
  }

  // Making slabs.

  /** The flags for exactly one node, without effort. Spec: 2.9 step 1 */
  static int exactNode(int gfp) {
    return (gfp | Gfp.__GFP_THISNODE | Gfp.__GFP_NOWARN) & ~(Gfp.__GFP_RECLAIM | Gfp.__GFP_NOFAIL);
  }

  /** Makes a slab on {@code nid} or where the flags allow; it is on no list and in no count. */
  int grow(SlabCache cache, int gfp, int nid) {
    slab.noteGfp(gfp);
    int local = gfp & (Gfp.GFP_RECLAIM_MASK | SlabAllocator.CONSTRAINT_MASK);
    int pfn = slab.allocPages(local | cache.allocFlags, cache.order, nid);
    if (pfn == PageAllocator.NO_PFN) {
      return NO_SLAB;
    }
    int on = slab.nodeOf((long) pfn << 12);
    int smem = nextColour(cache, cache.nodes[on]) * cache.colourOff;
    long freelist = SlabAllocator.NULL;
    if (cache.freelist == Freelist.OFF) {
      freelist = slab.alloc(cache.freelistCache, local & ~SlabAllocator.CONSTRAINT_MASK, on);
      if (freelist == SlabAllocator.NULL) {
        slab.pages.freePages(pfn, cache.order);
        return NO_SLAB;
      }
    }
    int made = table.newSlab(pfn, cache.id, on, smem, cache.nrObjects, cache.nrPages());
    table.setFreelist(made, freelist == SlabAllocator.NULL ? inSlab(cache, made) : freelist);
    if (contents != null) {
      long index = table.freelist(made);
      for (int i = 0; i < cache.nrObjects; i++) {
        contents.set8(index + i, i);
      }
    }
    if (tracing) {
      trace.slabStep(SlabStep.NEW_SLAB, cache.id, pfn, smem);
    }
    return made;
  }

  /** Where the index array of a fresh slab is when it is part of the slab's block. */
  private long inSlab(SlabCache cache, int made) {
    return cache.freelist == Freelist.OBJ
        ? addressOf(cache, made, cache.nrObjects - 1)
        : (((long) table.get(made, SlabTable.PFN) + cache.nrPages()) << 12) - cache.nrObjects;
  }

  private static int nextColour(SlabCache cache, SlabNode node) {
    node.colourNext++;
    if (node.colourNext >= cache.colour) {
      node.colourNext = 0;
    }
    return node.colourNext;
  }

  long addressOf(SlabCache cache, int of, int object) {
    return ((long) table.get(of, SlabTable.PFN) << 12)
        + table.get(of, SlabTable.SMEM)
        + (long) object * cache.size;
  }

  /** The number of the object that {@code address} lies in. */
  int indexOf(SlabCache cache, int of, long address) {
    long first = ((long) table.get(of, SlabTable.PFN) << 12) + table.get(of, SlabTable.SMEM);
    return (int) (address - first) / cache.size;
  }

  // Taking objects.

  /** Moves up to {@code wanted} free objects of a slab to the top of {@code to}; how many. */
  int take(SlabCache cache, int from, SlabArray to, int wanted) {
    int[] row = table.row(from);
    int at = SlabTable.rowStart(from);
    int active = row[at + SlabTable.ACTIVE];
    int nr = Math.min(wanted, cache.nrObjects - active);
    row[at + SlabTable.ACTIVE] = active + nr;
    long first = ((long) row[at + SlabTable.PFN] << 12) + row[at + SlabTable.SMEM];
    int entries = row[at + SlabTable.INDEX];
    long[] entry = to.entry;
    int avail = to.avail;
    int size = cache.size;
    for (int i = active; i < active + nr; i++) {
      entry[avail++] = first + (long) table.index(entries, i) * size;
    }
    to.avail = avail;
    return nr;
  }

  private long takeOne(SlabCache cache, int from) {
    int active = table.get(from, SlabTable.ACTIVE);
    table.set(from, SlabTable.ACTIVE, active + 1);
    return addressOf(cache, from, table.index(table.get(from, SlabTable.INDEX), active));
  }

  /** Puts a slab that objects were taken from, and that is on no list, where it belongs. */
  void placeTaken(SlabCache cache, SlabNode node, int taken) {
    boolean full = table.get(taken, SlabTable.ACTIVE) == cache.nrObjects;
    if (tracing) {
      int where = full ? SlabStep.TAKEN_FULL : SlabStep.TAKEN_PARTIAL;
      trace.slabStep(
          where, cache.id, table.get(taken, SlabTable.PFN), table.get(taken, SlabTable.ACTIVE));
    }
    if (!full) {
      table.insertHead(node.partialList, taken);
      return;
    }
    if (cache.freelist == Freelist.OBJ) {
      table.setFreelist(taken, SlabAllocator.NULL);
    }
    table.insertHead(node.fullList, taken);
  }

  /** Takes the slab that serves next off its list; {@link #NO_SLAB} when all are full. */
  int takeFirst(SlabNode node) {
    int first = table.first(node.partialList);
    if (first == node.partialList) {
      node.freeTouched = true;
      first = table.first(node.freeList);
      if (first == node.freeList) {
        return NO_SLAB;
      }
      node.freeSlabs--;
    }
    table.remove(first);
    return first;
  }

  /** Counts a fresh slab in and puts it on its list. Spec: 2.7 step 6 */
  void addGrown(SlabCache cache, int grown) {
    SlabNode node = cache.nodes[table.get(grown, SlabTable.NODE)];
    int active = table.get(grown, SlabTable.ACTIVE);
    node.totalSlabs++;
    if (active == 0) {
      table.insertTail(node.freeList, grown);
      node.freeSlabs++;
    } else {
      placeTaken(cache, node, grown);
    }
    node.freeObjects += cache.nrObjects - active;
  }

  /** One object straight from the lists of {@code nid}, which may grow; NULL when it cannot. */
  long allocOnNode(SlabCache cache, int gfp, int nid) {
    SlabNode node = cache.nodes[nid];
    int from = takeFirst(node);
    if (from != NO_SLAB) {
      long object = takeOne(cache, from);
      node.freeObjects--;
      placeTaken(cache, node, from);
      if (tracing) {
        trace.slabStep(SlabStep.NODE_ALLOC, cache.id, table.get(from, SlabTable.PFN), nid);
      }
      return object;
    }
    int grown = grow(cache, exactNode(gfp), nid);
    if (grown == NO_SLAB) {
      return SlabAllocator.NULL;
    }
    long object = takeOne(cache, grown);
    addGrown(cache, grown);
    return object;
  }

  /** Tries every node the request may use. Spec: 2.14 */
  long fallBack(SlabCache cache, int gfp, int nid) {
    if ((gfp & Gfp.__GFP_THISNODE) != 0) {
      return SlabAllocator.NULL;
    }
    for (int zone : slab.machine.zonelist(nid, gfp)) {
      int other = slab.machine.nodeOfZone(zone);
      if (cache.nodes[other] != null && cache.nodes[other].freeObjects > 0) {
        long object = allocOnNode(cache, exactNode(gfp), other);
        if (object != SlabAllocator.NULL) {
          return object;
        }
      }
    }
    int grown = grow(cache, gfp, nid);
    if (grown == NO_SLAB) {
      return SlabAllocator.NULL;
    }
    addGrown(cache, grown);
    return allocOnNode(cache, exactNode(gfp), table.get(grown, SlabTable.NODE));
  }

  // Giving objects back.

  /**
   * Gives {@code objects[from .. from + nr - 1]} of node {@code nid} back to their slabs, in this
   * order, and destroys the free slabs beyond the limit.
   */
  void freeBlock(SlabCache cache, int nid, long[] objects, int from, int nr) {
    SlabNode node = cache.nodes[nid];
    node.freeObjects += nr;
    for (int i = from; i < from + nr; i++) {
      giveBack(cache, node, objects[i]);
    }
    if (node.freeObjects > node.freeLimit && node.freeSlabs > 0) {
      destroySurplus(cache, node);
    }
  }

  private void giveBack(SlabCache cache, SlabNode node, long object) {
    int to = table.slabOf((int) (object >>> 12));
    int[] row = table.row(to);
    int at = SlabTable.rowStart(to);
    int active = row[at + SlabTable.ACTIVE] - 1;
    row[at + SlabTable.ACTIVE] = active;
    if (active == cache.nrObjects - 1 && cache.freelist == Freelist.OBJ) {
      table.setFreelist(to, object);
    }
    long first = ((long) row[at + SlabTable.PFN] << 12) + row[at + SlabTable.SMEM];
    int number = (int) (object - first) / cache.size;
    table.setIndex(row[at + SlabTable.INDEX], active, number);
    if (contents != null) {
      contents.set8(table.freelist(to) + active, number);
    }
    if (active == 0) {
      table.remove(to);
      table.insertHead(node.freeList, to);
      node.freeSlabs++;
    } else if (table.last(node.partialList) != to) {
      table.remove(to);
      table.insertTail(node.partialList, to);
    }
    if (tracing) {
      int where = active == 0 ? SlabStep.TO_FREE : SlabStep.TO_PARTIAL;
      trace.slabStep(where, cache.id, table.get(to, SlabTable.PFN), active);
    }
  }

  /**
   * Slabs leave at the tail of the free list and go to the head of a list of doomed ones, which is
   * then worked off from its head: so the last one to leave goes first.
   */
  private void destroySurplus(SlabCache cache, SlabNode node) {
    int doomed = NO_SLAB;
    while (node.freeObjects > node.freeLimit && node.freeSlabs > 0) {
      int last = unlinkLastFree(cache, node);
      table.set(last, SlabTable.NEXT, doomed);
      doomed = last;
    }
    while (doomed != NO_SLAB) {
      int next = table.get(doomed, SlabTable.NEXT);
      destroy(cache, doomed);
      doomed = next;
    }
  }

  private int unlinkLastFree(SlabCache cache, SlabNode node) {
    int last = table.last(node.freeList);
    table.remove(last);
    node.freeObjects -= cache.nrObjects;
    node.freeSlabs--;
    node.totalSlabs--;
    return last;
  }

  /** Destroys up to {@code max} slabs of the free list from its tail; how many. */
  int drainFreeList(SlabCache cache, SlabNode node, int max) {
    int nr = 0;
    while (nr < max && node.freeSlabs > 0) {
      destroy(cache, unlinkLastFree(cache, node));
      nr++;
    }
    return nr;
  }

  /** Gives the block of an unlinked slab back, and its index array. Spec: 2.9 */
  private void destroy(SlabCache cache, int doomed) {
    int pfn = table.get(doomed, SlabTable.PFN);
    long freelist = table.freelist(doomed);
    table.freeSlab(doomed, cache.nrObjects, cache.nrPages());
    if (tracing) {
      trace.slabStep(SlabStep.FREE_SLAB, cache.id, pfn, cache.order);
    }
    if (cache.has(SlabFlags.SLAB_TYPESAFE_BY_RCU)) {
      waitingForRcu.pushTail(pfn);
      waitingForRcu.pushTail(cache.order);
    } else {
      slab.pages.freePages(pfn, cache.order);
    }
    if (cache.freelist == Freelist.OFF) {
      slab.free(cache.freelistCache, freelist);
    }
  }

  /** The grace period ends: blocks that waited for it go back to the page allocator. */
  void endGracePeriod() {
    while (!waitingForRcu.isEmpty()) {
      int pfn = waitingForRcu.popHead();
      slab.pages.freePages(pfn, waitingForRcu.popHead());
    }
  }
}
