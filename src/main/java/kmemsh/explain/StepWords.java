package kmemsh.explain;

import java.util.Map;
import kmemsh.trace.Fact;
import kmemsh.trace.TraceBuffer;
import kmemsh.view.Gfp;
import kmemsh.view.MachineNames;

/** One sentence for one fact, for those who watch an operation step by step. */
final class StepWords {
  private final MachineNames names;
  private final Map<Integer, StepFrames.Cache> caches;

  StepWords(MachineNames names, Map<Integer, StepFrames.Cache> caches) {
    this.names = names;
    this.caches = caches;
  }

  /** The sentence, empty for a fact that is told together with another one. */
  String sentence(Fact fact) {
    return switch (fact.kind()) {
      case Fact.ALLOC_REQUEST ->
          "__alloc_pages: order "
              + fact.at(0)
              + ", "
              + Gfp.print(fact.at(1))
              + ", "
              + Words.type(fact.at(2))
              + " pages are wanted";
      case Fact.WATERMARK -> watermark(fact);
      case Fact.NO_BLOCK ->
          "zone_watermark_ok: "
              + names.zone(fact.at(0))
              + " has no block of order "
              + fact.at(1)
              + " or more";
      case Fact.BLOCK_TAKE ->
          "__rmqueue_smallest: "
              + Words.pfn(fact.at(4))
              + " leaves the list of order "
              + fact.at(2)
              + ", the smallest that has a block";
      case Fact.SPLIT ->
          "expand: too large, so its upper half "
              + Words.pfn(fact.at(1))
              + " goes to the head of order "
              + fact.at(2);
      case Fact.FALLBACK -> fallback(fact);
      case Fact.CLAIM_VOTE ->
          "steal_suitable_fallback: pageblock "
              + Words.pfn(fact.at(0))
              + " has "
              + fact.get(1)
              + " free and "
              + fact.get(2)
              + " alike pages, "
              + fact.get(3)
              + " are needed: "
              + (fact.at(4) == 1 ? "claimed" : "not claimed");
      case Fact.BLOCK_MOVE ->
          "move_freepages_block: "
              + Words.pfn(fact.at(1))
              + " moves from "
              + Words.type(fact.at(3))
              + " to "
              + Words.type(fact.at(4));
      case Fact.PAGEBLOCK_TYPE ->
          "set_pageblock_migratetype: pageblock "
              + Words.pfn(fact.at(0))
              + " is "
              + Words.type(fact.at(2))
              + " now";
      case Fact.MM_PAGE_ALLOC_ZONE_LOCKED ->
          fact.at(3) == 1
              ? "rmqueue_bulk: " + Words.pfn(fact.at(0)) + " goes to the tail of the per-CPU list"
              : "";
      default -> more(fact);
    };
  }

  private String more(Fact fact) {
    return switch (fact.kind()) {
      case Fact.PCP_TAKE ->
          "rmqueue_pcplist: the head " + Words.pfn(fact.at(4)) + " of the per-CPU list is taken";
      case Fact.PCP_PUT ->
          "free_unref_page_commit: "
              + Words.pfn(fact.at(2))
              + " goes to the head of the per-CPU list, which has "
              + Words.pages(fact.get(5))
              + " of at most "
              + fact.get(6);
      case Fact.PCP_DRAIN ->
          "free_pcppages_bulk: " + Words.pages(fact.get(2)) + " left the per-CPU lists";
      case Fact.MM_PAGE_PCPU_DRAIN ->
          "free_pcppages_bulk: " + Words.pfn(fact.at(0)) + " leaves the per-CPU list";
      case Fact.MERGE ->
          "__free_one_page: the buddy "
              + Words.pfn(fact.at(1))
              + " of order "
              + fact.at(2)
              + " is free, leaves its list and is merged";
      case Fact.MERGE_STOP ->
          "__free_one_page: the buddy "
              + Words.pfn(fact.at(1))
              + " is no free block of order "
              + fact.at(2)
              + ": merging stops";
      case Fact.BLOCK_PUT ->
          "__free_one_page: "
              + Words.pfn(fact.at(1))
              + " goes to the "
              + (fact.at(4) == 1 ? "tail" : "head")
              + " of order "
              + fact.at(2);
      case Fact.MM_PAGE_ALLOC ->
          fact.at(0) < 0
              ? "__alloc_pages: returns NULL"
              : "__alloc_pages: returns " + Words.pfn(fact.at(0)) + ", order " + fact.at(1);
      case Fact.MM_PAGE_FREE ->
          "__free_pages: " + Words.pfn(fact.at(0)) + ", order " + fact.at(1) + ", is given back";
      default -> objects(fact);
    };
  }

  private String objects(Fact fact) {
    TraceBuffer one = new TraceBuffer();
    return switch (fact.kind()) {
      case Fact.SLAB_STEP -> {
        one.slabStep(fact.at(0), fact.at(1), fact.at(2), fact.get(3));
        StepFrames.Cache cache = caches.get(fact.at(1));
        String name = cache == null ? "" : cache.name() + ": ";
        yield name + told(one);
      }
      case Fact.KMEM_CACHE_ALLOC -> {
        one.kmemCacheAlloc(fact.at(0), fact.get(1), fact.at(2), fact.at(3), fact.at(4), fact.at(5));
        yield told(one);
      }
      case Fact.KMALLOC -> {
        one.kmalloc(fact.get(0), fact.get(1), fact.get(2), fact.at(3), fact.at(4));
        yield told(one);
      }
      case Fact.KMEM_CACHE_FREE ->
          "kmem_cache_free: object at phys 0x" + Long.toHexString(fact.get(1));
      case Fact.KFREE -> SlabSteps.freed(fact.get(0));
      default -> {
        if (fact.kind() <= Fact.SLAB_STEP) {
          yield "";
        }
        one.state(fact);
        yield told(one);
      }
    };
  }

  /** What an explanation says of one fact, in one line. */
  private String told(TraceBuffer one) {
    StringBuilder line = new StringBuilder();
    for (String part : Explainer.explain(one, names, true)) {
      line.append(line.length() == 0 ? "" : " ").append(part.strip());
    }
    return line.toString();
  }

  private String watermark(Fact fact) {
    String sums =
        Words.count(Math.max(0, fact.get(1)))
            + " usable, mark "
            + Words.count(fact.get(2))
            + (fact.get(4) == 0 ? "" : " + reserve " + Words.count(fact.get(4)));
    return "zone_watermark_ok: "
        + names.zone(fact.at(0))
        + ": "
        + sums
        + (fact.at(5) == 1 ? ": ok" : ": too few");
  }

  private String fallback(Fact fact) {
    return fact.at(4) < 0
        ? "__rmqueue_fallback: no other type has a block to steal"
        : "__rmqueue_fallback: the lists of "
            + Words.type(fact.at(2))
            + " are empty; "
            + Words.type(fact.at(4))
            + " has a block of order "
            + fact.at(3);
  }
}
