package kmemsh.bench;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import kmemsh.machine.Machine;
import kmemsh.machine.MachineOptions;
import kmemsh.machine.Profiles;
import kmemsh.mm.page.PageAllocator;
import kmemsh.view.Gfp;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One free and one allocation, orders as the house's page mix has them (order k with probability
 * 2^-(k+1)), on machines of several sizes with several numbers of live blocks: the cost should not
 * depend on either.
 *
 * <p>Blocks are shuffled once and then go back in turn: they lie anywhere in the machine, while the
 * benchmark reads its own tables in order, and does not measure what those cost.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class PageBenchmark {
  private static final int CYCLE = 1 << 20;

  @Param({"64M", "1G", "64G", "1024G"})
  public String mem;

  @Param({"1000", "10000"})
  public int live;

  private PageAllocator pages;
  private int[] pfns;
  private byte[] orders;
  private byte[] newOrders;
  private int nextSlot;
  private int step;

  @Setup
  public void setUp() {
    long bytes =
        Long.parseLong(mem.substring(0, mem.length() - 1)) << (mem.endsWith("M") ? 20 : 30);
    Machine machine = new Machine(Profiles.make(new MachineOptions("x86_64", "", bytes, 0, 0, "")));
    pages = machine.pages().allocator();
    SplittableRandom random = new SplittableRandom(1);
    pfns = new int[live];
    orders = new byte[live];
    for (int slot = 0; slot < live; slot++) {
      take(slot, order(random));
    }
    shuffle(random);
    newOrders = new byte[CYCLE];
    for (int i = 0; i < CYCLE; i++) {
      newOrders[i] = order(random);
    }
  }

  /** Takes a block, or a page where a small machine has no block as large. */
  private void take(int slot, byte order) {
    orders[slot] = order;
    pfns[slot] = pages.allocPages(Gfp.GFP_KERNEL, order);
    if (pfns[slot] < 0) {
      orders[slot] = 0;
      pfns[slot] = pages.allocPages(Gfp.GFP_KERNEL, 0);
    }
  }

  private void shuffle(SplittableRandom random) {
    for (int i = live - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      int pfn = pfns[i];
      pfns[i] = pfns[other];
      pfns[other] = pfn;
      byte order = orders[i];
      orders[i] = orders[other];
      orders[other] = order;
    }
  }

  private static byte order(SplittableRandom random) {
    return (byte) Math.min(10, Long.numberOfTrailingZeros(random.nextLong() | (1L << 10)));
  }

  /** Frees the next live block and takes another one. */
  @Benchmark
  public int freeAndAlloc() {
    int at = nextSlot;
    pages.freePages(pfns[at], orders[at]);
    take(at, newOrders[step]);
    step = (step + 1) & (CYCLE - 1);
    nextSlot = at + 1 == live ? 0 : at + 1;
    return pfns[at];
  }
}
