package kmemsh.trace;

/**
 * One fact as it was stated: what it is and its numbers, in the order of the parameters of the
 * method of {@link Trace} that states it; a truth value is 1 or 0.
 *
 * @param kind one of the constants below
 */
public record Fact(int kind, long[] numbers) {
  public static final int MM_PAGE_ALLOC = 0;
  public static final int MM_PAGE_ALLOC_ZONE_LOCKED = 1;
  public static final int MM_PAGE_FREE = 2;
  public static final int MM_PAGE_FREE_BATCHED = 3;
  public static final int MM_PAGE_PCPU_DRAIN = 4;
  public static final int MM_PAGE_ALLOC_EXTFRAG = 5;
  public static final int ALLOC_REQUEST = 6;
  public static final int WALK = 7;
  public static final int WATERMARK = 8;
  public static final int NO_BLOCK = 9;
  public static final int PCP_TAKE = 10;
  public static final int PCP_REFILL = 11;
  public static final int BLOCK_TAKE = 12;
  public static final int SPLIT = 13;
  public static final int FALLBACK = 14;
  public static final int CLAIM_VOTE = 15;
  public static final int BLOCK_MOVE = 16;
  public static final int PAGEBLOCK_TYPE = 17;
  public static final int BOOST = 18;
  public static final int WAKE_KSWAPD = 19;
  public static final int HIGHATOMIC_RESERVE = 20;
  public static final int HIGHATOMIC_UNRESERVE = 21;
  public static final int SLOW_PATH = 22;
  public static final int PCP_PUT = 23;
  public static final int PCP_DRAIN = 24;
  public static final int MERGE = 25;
  public static final int MERGE_STOP = 26;
  public static final int BLOCK_PUT = 27;
  public static final int ROUND = 28;
  public static final int KMEM_CACHE_ALLOC = 29;
  public static final int KMEM_CACHE_FREE = 30;
  public static final int KMALLOC = 31;
  public static final int KFREE = 32;
  public static final int SLAB_STEP = 33;
  public static final int HIGHMEM_STEP = 34;
  public static final int VMALLOC_STEP = 35;
  static final int NR_KINDS = 36;

  private static final String[] NAMES = {
    "mm_page_alloc",
    "mm_page_alloc_zone_locked",
    "mm_page_free",
    "mm_page_free_batched",
    "mm_page_pcpu_drain",
    "mm_page_alloc_extfrag",
    "alloc_request",
    "walk",
    "watermark",
    "no_block",
    "pcp_take",
    "pcp_refill",
    "block_take",
    "split",
    "fallback",
    "claim_vote",
    "block_move",
    "pageblock_type",
    "boost",
    "wake_kswapd",
    "highatomic_reserve",
    "highatomic_unreserve",
    "slow_path",
    "pcp_put",
    "pcp_drain",
    "merge",
    "merge_stop",
    "block_put",
    "round",
    "kmem_cache_alloc",
    "kmem_cache_free",
    "kmalloc",
    "kfree",
    "slab_step",
    "highmem_step",
    "vmalloc_step",
  };

  private static final String[] FIELDS = {
    "pfn order gfp_mask migratetype",
    "pfn order migratetype percpu_refill",
    "pfn order",
    "pfn",
    "pfn order migratetype",
    "pfn alloc_order fallback_order alloc_migratetype fallback_migratetype change_ownership",
    "order gfp_mask migratetype highest_zone preferred_zone",
    "stage alloc_flags",
    "zone free mark min reserve ok",
    "zone order",
    "zone cpu order migratetype pfn count_pages",
    "zone cpu order migratetype wanted got",
    "zone order found_order migratetype pfn",
    "zone pfn order migratetype",
    "zone order migratetype found_order fallback_migratetype",
    "pageblock free alike needed claimed",
    "zone pfn order from_migratetype to_migratetype",
    "pageblock from_migratetype to_migratetype",
    "zone boost_pages",
    "zone order",
    "zone pageblock reserved_pages",
    "zone pageblock migratetype",
    "step value",
    "zone cpu pfn order migratetype count_pages high_pages",
    "zone cpu pages count_pages free_factor",
    "zone buddy_pfn order",
    "zone buddy_pfn order",
    "zone pfn order migratetype tail",
    "number",
    "cache object bytes_req bytes_alloc gfp_mask node",
    "cache object",
    "object bytes_req bytes_alloc gfp_mask node",
    "object",
    "step cache where value",
    "step pfn slot value",
    "step where value",
  };

  /** Number {@code i} of the fact. */
  public long get(int i) {
    return numbers[i];
  }

  /** Number {@code i} of the fact as an int: everything but page counts fits. */
  public int at(int i) {
    return (int) numbers[i];
  }

  public boolean is(int otherKind) {
    return kind == otherKind;
  }

  /**
   * The name of the kind in small letters, a tracepoint's where it is one: {@code mm_page_alloc}.
   */
  public String name() {
    return NAMES[kind];
  }

  /** The names of the numbers, blanks between them. */
  public String fields() {
    return FIELDS[kind];
  }

  /** For example {@code mm_page_free pfn=256 order=0}. */
  @Override
  public String toString() {
    StringBuilder out = new StringBuilder(name());
    String names = fields();
    int start = 0;
    for (long number : numbers) {
      int end = names.indexOf(' ', start);
      end = end < 0 ? names.length() : end;
      out.append(' ').append(names, start, end).append('=').append(number);
      start = end + 1;
    }
    return out.toString();
  }
}
