package kmemsh.op;

import kmemsh.machine.Machine;
import kmemsh.view.Refusal;

/**
 * Writes a number to a file of a cache under /sys/kernel/slab; gives 0.
 *
 * <p>Spec: slab-allocators.md 3.16
 */
public record WriteSlabFile(String cache, String file, int value) implements Op {
  /**
   * Reads what is written.
   *
   * @throws Refused when it is no number a kernel would take
   */
  public static WriteSlabFile parse(String cache, String file, String text) {
    try {
      return new WriteSlabFile(cache, file, number(text.strip()));
    } catch (NumberFormatException e) {
      throw invalid("`" + text.strip() + "` is no number that " + file + " takes");
    }
  }

  private static int number(String text) {
    int number = Integer.parseInt(text);
    if (number < 0) {
      throw new NumberFormatException();
    }
    return number;
  }

  private static Refused invalid(String what) {
    return new Refused(
        new Refusal(what, "A real kernel would say: write error: Invalid argument", ""));
  }

  @Override
  public void check(Machine machine) {
    int id = machine.slab().cacheNamed(cache);
    CacheCheck.flushable(machine, id);
    int error = machine.slab().checkFile(id, file, value);
    if (error == 0) {
      return;
    }
    switch (file) {
      case "shrink" -> throw invalid("shrink of " + cache + " takes a 1 and nothing else");
      case "validate" ->
          throw invalid(
              value == 1
                  ? cache + " has no debug flags, there is nothing to validate"
                  : "validate of " + cache + " takes a 1 and nothing else");
      case "cpu_partial" ->
          throw invalid(
              cache
                  + " has no partial chains on CPUs (one CPU, or debug flags): cpu_partial stays"
                  + " 0");
      default ->
          throw new Refused(
              new Refusal(
                  value + " is more than 100, which remote_node_defrag_ratio takes at most",
                  "A real kernel would say: write error: Numerical result out of range",
                  ""));
    }
  }

  @Override
  public long run(Machine machine) {
    machine.slab().writeFile(machine.slab().cacheNamed(cache), file, value);
    return 0;
  }
}
