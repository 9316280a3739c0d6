package kmemsh.bench;

import java.util.concurrent.TimeUnit;
import kmemsh.machine.Highmem;
import kmemsh.machine.Machine;
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

/** One mapping of a HighMem page and its end, of other pages all the time and of a known one. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class KmapBenchmark {
  private static final int PAGES = 1 << 14;

  private Machine machine;
  private Highmem highmem;
  private int[] pfns;
  private int step;

  @Setup
  public void setUp() {
    machine = new Machine(Profiles.standard());
    highmem = machine.cpus().highmem();
    pfns = new int[PAGES];
    for (int i = 0; i < PAGES; i++) {
      pfns[i] = machine.allocPages(Gfp.GFP_HIGHUSER, 0);
    }
  }

  /** Each page is a new one, so the search goes round and every wrap flushes the window. */
  @Benchmark
  public long kmapOthers() {
    int pfn = pfns[step];
    step = (step + 1) & (PAGES - 1);
    long virt = highmem.kmap(pfn);
    highmem.kunmap(pfn);
    return virt;
  }

  /** The page has a slot all the time. */
  @Benchmark
  public long kmapKnown() {
    long virt = highmem.kmap(pfns[0]);
    highmem.kunmap(pfns[0]);
    return virt;
  }

  @Benchmark
  public long kmapLocal() {
    long virt = machine.mapLocal(pfns[0], false);
    machine.unmapLocal(virt, false);
    return virt;
  }

  @Benchmark
  public long kmapAtomic() {
    long virt = machine.mapLocal(pfns[0], true);
    machine.unmapLocal(virt, true);
    return virt;
  }
}
