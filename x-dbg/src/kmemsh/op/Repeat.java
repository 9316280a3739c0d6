package kmemsh.op;

import java.util.Arrays;
import kmemsh.machine.Machine;

/**
 * Runs an operation many times; gives the results of all rounds in order.
 *
 * @param body the operation
 * @param times how often, 1..{@value #MAX_TIMES}
 */
public record Repeat(Op body, long times) implements ListOp {
  /** The most rounds one operation can have. */
  public static final int MAX_TIMES = 10_000_000;

  private static final int ROUNDS_BETWEEN_LOOKS = 4096;

  /** {@inheritDoc} An interrupt of the thread stops it and refuses the whole. */
  @Override
  public long[] runAll(Machine machine) {
    machine.printk().oneReport(true);
    long[] results = body instanceof ListOp list ? runLists(list, machine) : runPlain(machine);
    machine.printk().oneReport(false);
    return results;
  }

  private long[] runPlain(Machine machine) {
    int rounds = (int) times;
    long[] results = new long[rounds];
    for (int round = 0; round < rounds; round++) {
      if ((round & (ROUNDS_BETWEEN_LOOKS - 1)) == 0) {
        stopIfAsked(round);
      }
      machine.beginRound(round);
      body.check(machine);
      results[round] = body.run(machine);
    }
    return results;
  }

  private long[] runLists(ListOp list, Machine machine) {
    long[] results = new long[16];
    int count = 0;
    for (int round = 0; round < times; round++) {
      stopIfAsked(round);
      machine.beginRound(round);
      list.check(machine);
      long[] more = list.runAll(machine);
      if (count + (long) more.length > MAX_TIMES) {
        throw new Refused(
            "more than " + MAX_TIMES + " values: one operation gives at most so many");
      }
      if (count + more.length > results.length) {
        results = Arrays.copyOf(results, Math.max(2 * results.length, count + more.length));
      }
      System.arraycopy(more, 0, results, count, more.length);
      count += more.length;
    }
    return Arrays.copyOf(results, count);
  }

  private void stopIfAsked(int round) {
    if (Thread.interrupted()) {
      throw new Refused(
          "stopped after " + round + " of " + times + " rounds; all of them are undone");
    }
  }
}
