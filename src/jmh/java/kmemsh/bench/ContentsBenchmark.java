package kmemsh.bench;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import kmemsh.machine.Machine;
import kmemsh.machine.MachineOptions;
import kmemsh.machine.Profiles;
import kmemsh.view.Gfp;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Words read and written through the linear map, at random in 1,000 touched frames. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ContentsBenchmark {
  private static final int NR_FRAMES = 1000;
  private static final int CYCLE = 1 << 16;

  private Machine machine;
  private long[] addresses;
  private int step;

  @Setup
  public void setUp() {
    machine = new Machine(Profiles.make(new MachineOptions("x86_64", "", 1L << 40, 0, 0, "")));
    SplittableRandom random = new SplittableRandom(1);
    int[] pfns = new int[NR_FRAMES];
    for (int i = 0; i < NR_FRAMES; i++) {
      pfns[i] = machine.allocPages(Gfp.GFP_KERNEL, 0);
      machine.bytes().set64((long) pfns[i] << 12, i);
    }
    addresses = new long[CYCLE];
    for (int i = 0; i < CYCLE; i++) {
      addresses[i] = machine.addressOf(pfns[random.nextInt(NR_FRAMES)]) + 8L * random.nextInt(512);
    }
  }

  private long next() {
    step = (step + 1) & (CYCLE - 1);
    return addresses[step];
  }

  @Benchmark
  public long readWord() {
    return machine.read(next(), Long.BYTES);
  }

  @Benchmark
  public void writeWord() {
    machine.bytes().set64(machine.translate(next()), step);
  }
}
