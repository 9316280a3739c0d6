package kmemsh.learn;

import java.util.ArrayList;
import java.util.List;
import kmemsh.view.Myth;
import kmemsh.view.Myths;

/** What notes and blogs get wrong. */
public final class MythBook {
  private static List<List<Blocks.Field>> blocks;

  private MythBook() {}

  private static List<List<Blocks.Field>> blocks() {
    if (blocks == null) {
      blocks = Blocks.ofResource("myths.txt");
    }
    return blocks;
  }

  public static int size() {
    return blocks().size();
  }

  public static Myths list() {
    List<String> claims = new ArrayList<>();
    for (List<Blocks.Field> block : blocks()) {
      claims.add(Blocks.text(block, "claim", ""));
    }
    return new Myths(claims);
  }

  /** The lines that show the truth of myth {@code n}, from 1 on. */
  static List<String> commands(int n) {
    return Blocks.commands(blocks().get(n - 1));
  }

  static String machine(int n) {
    return Blocks.text(blocks().get(n - 1), "machine", "");
  }

  /** A myth, from 1 on, shown on {@code bench}. */
  public static Myth show(Bench bench, int n) {
    List<Blocks.Field> block = blocks().get(n - 1);
    bench.boot(machine(n));
    StringBuilder shown = new StringBuilder();
    for (String line : commands(n)) {
      shown.append("kmemsh> ").append(line).append('\n').append(Drill.clipped(bench.shown(line)));
    }
    return new Myth(
        n,
        Blocks.text(block, "claim", ""),
        Blocks.text(block, "truth", ""),
        Blocks.text(block, "since", ""),
        shown.toString());
  }
}
