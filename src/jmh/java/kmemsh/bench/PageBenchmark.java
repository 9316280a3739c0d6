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
 * One free and one allocation of a random slot, orders as the house's page mix has them (order k with
 * probability 2^-(k+1)), on machines of several sizes with several numbers of live blocks: the cost
 * should not depend on either.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class PageBenchmark {
  private static final int CYCLE = 1 << 20;

  @Param({"1G", "64G", "1024G"})
  public String mem;

  @Param({"1000", "10000"})
  public int live;

  private PageAllocator pages;
  private int[] pfns;
  private byte[] orders;
  private int[] slots;
  private byte[] newOrders;
  private int step;

  @Setup
  public void setUp() {
    long bytes = Long.parseLong(mem.substring(0, mem.length() - 1)) << 30;
    Machine machine =
        new Machine(Profiles.make(new MachineOptions("x86_64", "", bytes, 0, 0, "")));
    pages = machine.pages().allocator();
    SplittableRandom random = new SplittableRandom(1);
    pfns = new int[live];
    orders = new byte[live];
    for (int slot = 0; slot < live; slot++) {
      orders[slot] = order(random);
      pfns[slot] = pages.allocPages(Gfp.GFP_KERNEL, orders[slot]);
    }
    slots = new int[CYCLE];
    newOrders = new byte[CYCLE];
    for (int i = 0; i < CYCLE; i++) {
      slots[i] = random.nextInt(live);
      newOrders[i] = order(random);
    }
  }

  private static byte order(SplittableRandom random) {
    return (byte) Math.min(10, Long.numberOfTrailingZeros(random.nextLong() | (1L << 10)));
  }

  /** Frees a random live block and takes another one. */
  @Benchmark
  public int freeAndAlloc() {
    int slot = slots[step];
    pages.freePages(pfns[slot], orders[slot]);
    orders[slot] = newOrders[step];
    pfns[slot] = pages.allocPages(Gfp.GFP_KERNEL, orders[slot]);
    step = (step + 1) & (CYCLE - 1);
    return pfns[slot];
  }
}
