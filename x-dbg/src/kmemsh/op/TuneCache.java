package kmemsh.op;

import kmemsh.machine.Machine;
import kmemsh.machine.Slabs;
import kmemsh.view.Refusal;

/**
 * Writes {@code NAME LIMIT BATCHCOUNT SHARED} to /proc/slabinfo: a cache of SLAB gets new arrays;
 * gives 0. Numbers that make no sense are taken and change nothing, as in the kernel.
 *
 * <p>Spec: slab-allocators.md 2.11, 2.15
 */
public record TuneCache(String cache, int limit, int batchcount, int shared) implements Op {
  private static final int MOST_BYTES = 128;
  private static final int WORDS = 4;

  /**
   * Reads what is written.
   *
   * @throws Refused when it is not a name and three numbers
   */
  public static TuneCache parse(String text) {
    String[] words = text.strip().split("\\s+", -1);
    if (text.length() > MOST_BYTES || words.length != WORDS) {
      throw invalid("`" + text.strip() + "` is not `NAME LIMIT BATCHCOUNT SHARED`");
    }
    return new TuneCache(words[0], number(words[1]), number(words[2]), number(words[3]));
  }

  private static int number(String word) {
    try {
      return Integer.parseInt(word);
    } catch (NumberFormatException e) {
      throw invalid(word + " is no number: NAME LIMIT BATCHCOUNT SHARED needs three behind NAME");
    }
  }

  private static Refused invalid(String what) {
    return new Refused(
        new Refusal(what, "A real kernel would say: write error: Invalid argument", ""));
  }

  @Override
  public void check(Machine machine) {
    if (!machine.profile().slab().equals("slab")) {
      throw new Refused(
          new Refusal(
              "/proc/slabinfo of " + machine.profile().slab() + " can only be read",
              "A real kernel would say: write error: Input/output error",
              "reboot --slab slab"));
    }
    if (machine.slab().cacheNamed(cache) == Slabs.NO_CACHE) {
      throw invalid(cache + " is no cache of this machine");
    }
  }

  @Override
  public long run(Machine machine) {
    if (limit >= 1 && batchcount >= 1 && batchcount <= limit && shared >= 0) {
      Slabs slab = machine.slab();
      slab.tune(slab.cacheNamed(cache), limit, batchcount, shared);
    }
    return 0;
  }
}
