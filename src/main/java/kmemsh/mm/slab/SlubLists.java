package kmemsh.mm.slab;

import static kmemsh.mm.slab.SlubSlabs.NO_OBJECT;
import static kmemsh.mm.slab.SlubSlabs.NO_SLAB;

import java.util.BitSet;
import kmemsh.trace.SlubStep;

/**
 * How SLUB's slabs move between the CPUs and the nodes' lists.
 *
 * <p>Spec: slab-allocators.md 3.5 step 6, 3.6 to 3.8, 3.10, 3.11
 */
final class SlubLists {
  private static final int SHRINK_BUCKETS = 32;

  private final Slub slub;
  private final SlubSlabs slabs;

  SlubLists(Slub slub) {
    this.slub = slub;
    this.slabs = slub.slabs;
  }

  /** Look-ups on other nodes that found something, and those that are not made; null for none. */
  int nrRemoteLooks;

  BitSet passedOver;

  private void step(int step, SlubCache cache, int where, long value) {
    if (slub.tracing) {
      slub.trace.slabStep(step, cache.id, where, value);
    }
  }

  // Partial slabs for a CPU.

  /** A slab off a node's partial list, for the CPU to own, or NO_SLAB. Spec: 3.5 step 6 */
  int getPartial(SlubCache cache, SlubCpu cpu, int gfpMask, int nid) {
    SlubNode node = nodeWithPartial(cache, gfpMask, nid);
    if (node == null) {
      return NO_SLAB;
    }
    int slab = node.partialHead;
    node.removePartial(slab);
    step(SlubStep.ALLOC_FROM_PARTIAL, cache, slabs.pfn(slab), node.nrPartial);
    if (slub.config.smp()) {
      takeMore(cache, cpu, node);
    }
    return slab;
  }

  /** The next slabs of the list go to the CPU's partial chain. */
  private void takeMore(SlubCache cache, SlubCpu cpu, SlubNode node) {
    int put = 0;
    while (node.partialHead != NO_SLAB && put <= cache.cpuPartialSlabs / 2) {
      int slab = node.partialHead;
      node.removePartial(slab);
      slabs.setFrozen(slab, true);
      putInFront(cpu, slab);
      put++;
      step(SlubStep.CPU_PARTIAL_NODE, cache, slabs.pfn(slab), slabs.slabsFrom(slab));
    }
  }

  /** For a debug cache: the first slab of a partial list, which stays there, or NO_SLAB. */
  int firstPartial(SlubCache cache, int gfpMask, int nid) {
    SlubNode node = nodeWithPartial(cache, gfpMask, nid);
    return node == null ? NO_SLAB : node.partialHead;
  }

  /** The node whose partial list serves a request, or null. */
  private SlubNode nodeWithPartial(SlubCache cache, int gfpMask, int nid) {
    boolean any = nid == SlabAllocator.NO_NODE;
    SlubNode local = cache.nodes[any ? slub.localNode() : nid];
    if (local.nrPartial > 0) {
      return local;
    }
    return any && cache.nodes.length > 1 ? otherNode(cache, gfpMask) : null;
  }

  private SlubNode otherNode(SlubCache cache, int gfpMask) {
    if (cache.remoteNodeDefragRatio == 0) {
      return null;
    }
    for (int zone : slub.machine.zonelist(slub.localNode(), gfpMask)) {
      SlubNode node = cache.nodes[slub.machine.nodeOfZone(zone)];
      if (node.nrPartial > cache.minPartial) {
        boolean passed = passedOver != null && passedOver.get(nrRemoteLooks);
        nrRemoteLooks++;
        return passed ? null : node;
      }
    }
    return null;
  }

  private void putInFront(SlubCpu cpu, int slab) {
    int first = cpu.partial;
    int nr = first == NO_SLAB ? 1 : slabs.slabsFrom(first) + 1;
    slabs.placeOnChain(slab, first, nr);
    cpu.partial = slab;
  }

  // After a free.

  /** A slab that is not frozen was full or has nothing in use now: cases B and D. Spec: 3.6 */
  void freedInto(SlubCache cache, SlubCpu cpu, int slab, boolean onList, int inuse) {
    if (!onList && slub.config.smp()) {
      slabs.setFrozen(slab, true);
      putOnChain(cache, cpu, slab);
      return;
    }
    SlubNode node = slub.blocks.nodeOfSlab(cache, slab);
    boolean surplus = inuse == 0 && node.nrPartial >= cache.minPartial;
    if (surplus) {
      if (onList) {
        node.removePartial(slab);
        step(SlubStep.FREE_REMOVE_PARTIAL, cache, slabs.pfn(slab), node.nrPartial);
      }
      slub.blocks.discard(cache, slab);
    } else if (!onList) {
      node.addPartial(slab, true);
      step(SlubStep.FREE_ADD_PARTIAL, cache, slabs.pfn(slab), node.nrPartial);
    } else {
      step(SlubStep.FREE_PARTIAL, cache, slabs.pfn(slab), inuse);
    }
  }

  /** Puts a slab in front of the CPU's partial chain; a chain that is too long is detached. */
  private void putOnChain(SlubCache cache, SlubCpu cpu, int slab) {
    int old = cpu.partial;
    boolean drain = old != NO_SLAB && slabs.slabsFrom(old) >= cache.cpuPartialSlabs;
    if (drain) {
      cpu.partial = NO_SLAB;
    }
    putInFront(cpu, slab);
    step(SlubStep.CPU_PARTIAL_FREE, cache, slabs.pfn(slab), slabs.slabsFrom(slab));
    if (drain) {
      step(SlubStep.CPU_PARTIAL_DRAIN, cache, slub.machine.cpu(), slabs.slabsFrom(old));
      unfreeze(cache, old);
    }
  }

  /** The slabs of a detached partial chain go to their nodes, or back to the page allocator. */
  private void unfreeze(SlubCache cache, int first) {
    int discards = NO_SLAB;
    int slab = first;
    while (slab != NO_SLAB) {
      int next = slabs.next(slab);
      slabs.setFrozen(slab, false);
      SlubNode node = slub.blocks.nodeOfSlab(cache, slab);
      if (slabs.inuse(slab) == 0 && node.nrPartial >= cache.minPartial) {
        slabs.setNext(slab, discards);
        discards = slab;
      } else {
        node.addPartial(slab, true);
      }
      slab = next;
    }
    while (discards != NO_SLAB) {
      int next = slabs.next(discards);
      slub.blocks.discard(cache, discards);
      discards = next;
    }
  }

  // Taking slabs away from CPUs.

  /** Takes the cpu slab with its free objects away from the CPU. Spec: 3.7 */
  void deactivate(SlubCache cache, SlubCpu cpu) {
    int slab = cpu.slab;
    int free = cpu.freelist;
    boolean tail = slabs.freelist(slab) != NO_OBJECT;
    int inuse = slabs.inuse(slab);
    if (free != NO_OBJECT) {
      int base = slabs.linkBase(slab);
      int last = free;
      inuse--;
      while (slabs.links.get(base + last) != NO_OBJECT) {
        last = slabs.links.get(base + last);
        inuse--;
      }
      slabs.links.set(base + last, slabs.freelist(slab));
      if (slub.inSlabs != null) {
        slub.inSlabs.link(cache, slab, last, slabs.freelist(slab));
      }
      slabs.setFreelist(slab, free);
    }
    slabs.setCounts(slab, inuse, false);
    slabs.setPlace(slab, SlubSlabs.NOWHERE);
    cpu.forget();
    SlubNode node = slub.blocks.nodeOfSlab(cache, slab);
    if (inuse == 0 && node.nrPartial >= cache.minPartial) {
      slub.blocks.discard(cache, slab);
    } else if (slabs.freelist(slab) != NO_OBJECT) {
      node.addPartial(slab, tail);
      step(SlubStep.DEACTIVATE, cache, slabs.pfn(slab), tail ? 1 : 0);
    } else if (cache.storesUser()) {
      node.addFull(slab);
    }
  }

  /** Takes all slabs of one CPU. Spec: 3.8 */
  void flush(SlubCache cache, SlubCpu cpu) {
    if (cpu.slab != NO_SLAB) {
      deactivate(cache, cpu);
    }
    int chain = cpu.partial;
    cpu.partial = NO_SLAB;
    unfreeze(cache, chain);
  }

  /** Flushes the calling CPU, then the others ascending; each works on its own page sets. */
  void flushAll(SlubCache cache) {
    int caller = slub.machine.cpu();
    flushOne(cache, caller);
    for (int cpu = 0; cpu < cache.cpus.length; cpu++) {
      if (cpu != caller) {
        slub.machine.setCpu(cpu);
        flushOne(cache, cpu);
      }
    }
    slub.machine.setCpu(caller);
  }

  private void flushOne(SlubCache cache, int cpu) {
    SlubCpu of = cache.cpus[cpu];
    if (of.slab != NO_SLAB || of.partial != NO_SLAB) {
      step(SlubStep.FLUSH, cache, cpu, of.slab == NO_SLAB ? 0 : 1);
      flush(cache, of);
    }
  }

  // Shrinking and destroying.

  /** Gives empty slabs back and sorts the others, the fullest first: 1 if slabs are left. */
  int shrink(SlubCache cache) {
    flushAll(cache);
    int left = 0;
    int[] buckets = new int[SHRINK_BUCKETS + 1];
    for (SlubNode node : cache.nodes) {
      int discards = NO_SLAB;
      int slab = node.partialHead;
      while (slab != NO_SLAB) {
        int next = slabs.next(slab);
        int free = slabs.objects(slab) - slabs.inuse(slab);
        if (slabs.inuse(slab) == 0) {
          removeWithCounters(node, slab);
          slabs.setNext(slab, discards);
          discards = slab;
        } else if (free <= SHRINK_BUCKETS) {
          node.removePartial(slab);
          slabs.setNext(slab, buckets[free]);
          buckets[free] = slab;
        }
        slab = next;
      }
      spliceBuckets(node, buckets);
      freeAll(cache, discards);
      left |= node.nrSlabs > 0 ? 1 : 0;
    }
    return left;
  }

  /** Puts the slabs of bucket 1 first, then those of bucket 2, ..., then what stayed. */
  private void spliceBuckets(SlubNode node, int[] buckets) {
    for (int free = SHRINK_BUCKETS; free > 0; free--) {
      int reversed = NO_SLAB;
      int slab = buckets[free];
      while (slab != NO_SLAB) {
        int next = slabs.next(slab);
        slabs.setNext(slab, reversed);
        reversed = slab;
        slab = next;
      }
      while (reversed != NO_SLAB) {
        int next = slabs.next(reversed);
        node.addPartial(reversed, false);
        reversed = next;
      }
      buckets[free] = NO_SLAB;
    }
  }

  private void removeWithCounters(SlubNode node, int slab) {
    node.removePartial(slab);
    node.nrSlabs--;
    node.totalObjects -= slabs.objects(slab);
  }

  private void freeAll(SlubCache cache, int first) {
    int slab = first;
    while (slab != NO_SLAB) {
      int next = slabs.next(slab);
      slub.blocks.freeSlab(cache, slab);
      slab = next;
    }
  }

  /** Gives all empty slabs back; false when others remain. Spec: 3.11 */
  boolean shutdown(SlubCache cache) {
    flushAll(cache);
    for (SlubNode node : cache.nodes) {
      int discards = NO_SLAB;
      int slab = node.partialHead;
      while (slab != NO_SLAB) {
        int next = slabs.next(slab);
        if (slabs.inuse(slab) == 0) {
          removeWithCounters(node, slab);
          slabs.setNext(slab, discards);
          discards = slab;
        } else if (slub.checks != null) {
          slub.checks.reporter.remaining(cache, slab);
        }
        slab = next;
      }
      freeAll(cache, discards);
      if (node.nrSlabs > 0) {
        return false;
      }
    }
    return true;
  }
}
