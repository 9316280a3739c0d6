package kmemsh.bench;

import java.lang.management.ManagementFactory;
import java.util.Locale;
import kmemsh.machine.Checkpoint;
import kmemsh.machine.Machine;
import kmemsh.machine.MachineOptions;
import kmemsh.machine.Profiles;
import kmemsh.mm.page.PageAllocator;
import kmemsh.mm.page.PageVerify;
import kmemsh.view.Gfp;

/**
 * How much heap a page frame costs once it was touched: what a machine holds more than an untouched
 * one after every page was taken by itself, and what a checkpoint of that adds.
 *
 * <pre>
 *   java -XX:+UseSerialGC -cp target/classes src/jmh/java/kmemsh/bench/HeapPerFrame.java GIB
 * </pre>
 */
public final class HeapPerFrame {
  private HeapPerFrame() {}

  public static void main(String[] args) {
    measure(args.length == 0 ? 4 : Long.parseLong(args[0]));
  }

  private static void measure(long gib) {
    long none = usedHeap();
    Machine machine =
        new Machine(Profiles.make(new MachineOptions("x86_64", "", gib << 30, 1, 0, "")));
    long fresh = usedHeap();
    PageAllocator pages = machine.pages().allocator();
    long frames = 0;
    while (pages.allocPages(Gfp.GFP_KERNEL, 0) != PageAllocator.NO_PFN) {
      frames++;
    }
    long touched = usedHeap();
    Checkpoint held = machine.checkpoint();
    long checkpoint = usedHeap();
    System.out.printf(
        Locale.ROOT,
        "%d GiB: machine %.2f MB; %d frames taken one by one: %.2f bytes each with the machine,"
            + " %.2f without; a checkpoint adds %.2f%n",
        gib,
        (fresh - none) / 1e6,
        frames,
        (double) (touched - none) / frames,
        (double) (touched - fresh) / frames,
        (double) (checkpoint - touched) / frames);
    if (held == null || !PageVerify.check(machine.pages()).violations().isEmpty()) {
      throw new IllegalStateException("the machine must live until here");
    }
  }

  private static long usedHeap() {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 3; i++) {
      System.gc();
      least = Math.min(least, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    }
    return least;
  }
}
