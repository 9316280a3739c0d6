package kmemsh.machine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import kmemsh.trace.TraceThrough;
import kmemsh.view.KmemEvents;
import kmemsh.view.TraceLog;

/**
 * The buffer of ftrace: the events of system kmem that are enabled, the newest of them. It is part
 * of the machine: going back takes entries out, running again puts the same ones in.
 *
 * <pre>
 *   chunks  [nrChunks][CHUNK]  entry after entry: a head, the time, numbers; 0 ends a chunk
 *   counts  [nrChunks]         entries of each chunk
 * </pre>
 *
 * <p>A head is the number of numbers + 1 in bits 0..7, the event in 8..15, the CPU in 16..23, from
 * 24 on its preempt_count. Time is the model's: operation n since the boot happens at n
 * milliseconds, each entry is a microsecond after the one before it. When {@value #MOST_CHUNKS}
 * chunks are full the oldest goes.
 *
 * <p>The facts tell both halves of kmalloc and of kfree; the kernel's events only the outer one.
 */
final class EventLog extends TraceThrough {
  private static final int CHUNK = 1024;
  private static final int MOST_CHUNKS = 1024;
  private static final int HEAD = 2;
  private static final int EVENT_SHIFT = 8;
  private static final int CPU_SHIFT = 16;
  private static final int PREEMPT_SHIFT = 24;
  private static final int BYTE = 0xff;
  private static final long OPERATION_MICROS = 1000;

  private final Machine machine;
  private long[][] chunks = new long[4][];
  private int[] counts = new int[4];
  private int nrChunks;
  private int used;

  /** Whether no checkpoint shares the last chunk. */
  private boolean owned;

  private int enabled;
  private long written;
  private long micros;

  /**
   * Where the entry of a kmem_cache_alloc that may be the inner half of a kmalloc begins, or -1.
   */
  private int inner = -1;

  private long innerObject;

  /** Whether the pages that are taken now come from the bulk allocator. */
  private boolean bulk;

  /** The object of a kfree, of which the inner half follows; 0 is none. */
  private long freed;

  /** Names by cache number, as far as needed; a number is never used again. */
  private String[] names = new String[0];

  EventLog(Machine machine) {
    this.machine = machine;
  }

  int enabled() {
    return enabled;
  }

  void enable(int mask) {
    enabled = mask;
  }

  void clear() {
    nrChunks = 0;
    used = 0;
    written = 0;
    inner = -1;
  }

  /** Operation {@code n} since the boot begins. */
  void begin(int n) {
    micros = Math.max(micros, n * OPERATION_MICROS);
    inner = -1;
    freed = 0;
    bulk = false;
  }

  private void add(int event, long... numbers) {
    inner = -1;
    if ((enabled >>> event & 1) == 0) {
      return;
    }
    int length = HEAD + numbers.length;
    if (nrChunks == 0 || used + length > CHUNK) {
      addChunk();
    } else if (!owned) {
      chunks[nrChunks - 1] = chunks[nrChunks - 1].clone();
      owned = true;
    }
    long[] chunk = chunks[nrChunks - 1];
    int cpu = machine.cpu();
    long preempt = (long) machine.preemptCount() << PREEMPT_SHIFT;
    chunk[used] = preempt | cpu << CPU_SHIFT | event << EVENT_SHIFT | numbers.length + 1;
    chunk[used + 1] = micros++;
    System.arraycopy(numbers, 0, chunk, used + HEAD, numbers.length);
    used += length;
    if (used < CHUNK) {
      chunk[used] = 0;
    }
    counts[nrChunks - 1]++;
    written++;
  }

  private void addChunk() {
    if (nrChunks == MOST_CHUNKS) {
      System.arraycopy(chunks, 1, chunks, 0, nrChunks - 1);
      System.arraycopy(counts, 1, counts, 0, nrChunks - 1);
      nrChunks--;
    } else if (nrChunks == chunks.length) {
      chunks = Arrays.copyOf(chunks, 2 * nrChunks);
      counts = Arrays.copyOf(counts, 2 * nrChunks);
    }
    chunks[nrChunks] = new long[CHUNK];
    counts[nrChunks++] = 0;
    used = 0;
    owned = true;
  }

  // What happens.

  @Override
  public void walk(int stage, int allocFlags) {
    bulk |= stage == STAGE_BULK;
    super.walk(stage, allocFlags);
  }

  @Override
  public void allocRequest(
      int order, int gfpMask, int migratetype, int highestZone, int preferredZone) {
    bulk = false;
    super.allocRequest(order, gfpMask, migratetype, highestZone, preferredZone);
  }

  /** The kernel's bulk allocator has no such event. Spec: proc-and-user.md 7.3 */
  @Override
  public void mmPageAlloc(int pfn, int order, int gfpMask, int migratetype) {
    if (!bulk) {
      add(KmemEvents.MM_PAGE_ALLOC, pfn, order, migratetype, gfpMask);
    }
    super.mmPageAlloc(pfn, order, gfpMask, migratetype);
  }

  @Override
  public void mmPageAllocZoneLocked(int pfn, int order, int migratetype, int percpuRefill) {
    add(KmemEvents.MM_PAGE_ALLOC_ZONE_LOCKED, pfn, order, migratetype, percpuRefill);
    super.mmPageAllocZoneLocked(pfn, order, migratetype, percpuRefill);
  }

  @Override
  public void mmPageFree(int pfn, int order) {
    add(KmemEvents.MM_PAGE_FREE, pfn, order);
    super.mmPageFree(pfn, order);
  }

  @Override
  public void mmPageFreeBatched(int pfn) {
    add(KmemEvents.MM_PAGE_FREE_BATCHED, pfn);
    super.mmPageFreeBatched(pfn);
  }

  @Override
  public void mmPagePcpuDrain(int pfn, int order, int migratetype) {
    add(KmemEvents.MM_PAGE_PCPU_DRAIN, pfn, order, migratetype);
    super.mmPagePcpuDrain(pfn, order, migratetype);
  }

  @Override
  public void mmPageAllocExtfrag(int pfn, int order, int found, int mt, int foundMt, int changed) {
    add(KmemEvents.MM_PAGE_ALLOC_EXTFRAG, pfn, order, found, mt, foundMt, changed);
    super.mmPageAllocExtfrag(pfn, order, found, mt, foundMt, changed);
  }

  @Override
  public void kmemCacheAlloc(
      int cache, long object, int bytesReq, int bytesAlloc, int gfpMask, int nid) {
    add(KmemEvents.KMEM_CACHE_ALLOC, object, bytesReq, bytesAlloc, gfpMask, nid);
    if ((enabled >>> KmemEvents.KMEM_CACHE_ALLOC & 1) != 0) {
      inner = used - HEAD - 5;
      innerObject = object;
    }
    super.kmemCacheAlloc(cache, object, bytesReq, bytesAlloc, gfpMask, nid);
  }

  @Override
  public void kmalloc(long object, long bytesReq, long bytesAlloc, int gfpMask, int nid) {
    if (inner >= 0 && innerObject == object) {
      used = inner;
      chunks[nrChunks - 1][used] = 0;
      counts[nrChunks - 1]--;
      written--;
      micros--;
    }
    add(KmemEvents.KMALLOC, object, bytesReq, bytesAlloc, gfpMask, nid);
    super.kmalloc(object, bytesReq, bytesAlloc, gfpMask, nid);
  }

  @Override
  public void kfree(long object) {
    add(KmemEvents.KFREE, object);
    freed = object;
    super.kfree(object);
  }

  @Override
  public void kmemCacheFree(int cache, long object) {
    if (freed == object) {
      freed = 0;
    } else {
      keepName(cache);
      add(KmemEvents.KMEM_CACHE_FREE, object, cache);
    }
    super.kmemCacheFree(cache, object);
  }

  private void keepName(int cache) {
    if (cache >= names.length) {
      names = Arrays.copyOf(names, cache + 16);
    }
    if (names[cache] == null) {
      names[cache] = machine.slabQueries().nameOf(cache);
    }
  }

  // Looking.

  long written() {
    return written;
  }

  List<TraceLog.Event> events() {
    List<TraceLog.Event> events = new ArrayList<>();
    for (int c = 0; c < nrChunks; c++) {
      int end = c + 1 == nrChunks ? used : CHUNK;
      int at = 0;
      while (at < end && chunks[c][at] != 0) {
        long head = chunks[c][at];
        int nr = (int) (head & BYTE) - 1;
        int event = (int) (head >>> EVENT_SHIFT) & BYTE;
        long[] numbers = Arrays.copyOfRange(chunks[c], at + HEAD, at + HEAD + nr);
        boolean named = event == KmemEvents.KMEM_CACHE_FREE;
        String cache = named ? names[(int) numbers[1]] : "";
        int cpu = (int) (head >>> CPU_SHIFT) & BYTE;
        int preempt = (int) (head >>> PREEMPT_SHIFT);
        events.add(new TraceLog.Event(event, cpu, preempt, chunks[c][at + 1], numbers, cache));
        at += HEAD + nr;
      }
    }
    return events;
  }

  // State.

  /**
   * The log at one moment.
   *
   * @param chunks shared; the last one is copied before it is written again
   */
  record State(long[][] chunks, int[] counts, int used, int enabled, long written, long micros) {}

  State checkpoint() {
    owned = false;
    return new State(
        Arrays.copyOf(chunks, nrChunks),
        Arrays.copyOf(counts, nrChunks),
        used,
        enabled,
        written,
        micros);
  }

  void restore(State state) {
    nrChunks = state.chunks.length;
    chunks = Arrays.copyOf(state.chunks, Math.max(4, nrChunks));
    counts = Arrays.copyOf(state.counts, Math.max(4, nrChunks));
    used = state.used;
    owned = false;
    enabled = state.enabled;
    written = state.written;
    micros = state.micros;
    inner = -1;
    freed = 0;
  }
}
