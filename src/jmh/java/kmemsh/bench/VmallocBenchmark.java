package kmemsh.bench;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import kmemsh.machine.AddressSpace;
import kmemsh.machine.Machine;
import kmemsh.machine.MachineOptions;
import kmemsh.machine.Profiles;
import kmemsh.mm.vmalloc.Walk;
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
 * vmalloc and vfree of three pages alone and among many other areas, and a walk through the page
 * tables: the cost of the first should hardly depend on the number of areas.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class VmallocBenchmark {
  private static final int CYCLE = 1 << 12;

  @Param({"0", "15000"})
  public int others;

  private AddressSpace space;
  private final Walk walk = new Walk();
  private final long[] addresses = new long[CYCLE];
  private int step;

  @Setup
  public void setUp() {
    Machine machine = new Machine(Profiles.make(new MachineOptions("x86_64", "", 0, 0, 0, "")));
    space = machine.space();
    SplittableRandom random = new SplittableRandom(1);
    long[] held = new long[Math.max(1, others)];
    for (int i = 0; i < held.length; i++) {
      held[i] = space.vmalloc(4096L * (1 + random.nextInt(4)), 1, Gfp.GFP_KERNEL, 0);
    }
    for (int i = 0; i < CYCLE; i++) {
      addresses[i] = held[random.nextInt(held.length)];
    }
  }

  /** Takes three pages and gives them back. */
  @Benchmark
  public long vmallocVfree() {
    long address = space.vmalloc(3 * 4096, 1, Gfp.GFP_KERNEL, 0);
    space.vfree(address);
    return address;
  }

  /** Walks the four levels for a random area. */
  @Benchmark
  public long walk() {
    step = (step + 1) & (CYCLE - 1);
    space.tables().walk(addresses[step], walk);
    return walk.phys;
  }
}
