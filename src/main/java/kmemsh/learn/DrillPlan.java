package kmemsh.learn;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;

/** Which questions a drill asks. */
public final class DrillPlan {
  private DrillPlan() {}

  /** The families of a topic, or the one family of that name; all for an empty topic. */
  public static List<Family> families(String topic) {
    List<Family> found = new ArrayList<>();
    for (Family family : Families.all()) {
      if (topic.isEmpty() || family.topic().equals(topic) || family.name().equals(topic)) {
        found.add(family);
      }
    }
    return found;
  }

  /** Every word that {@code drill} takes as its topic. */
  public static List<String> topics() {
    TreeSet<String> names = new TreeSet<>();
    for (Family family : Families.all()) {
      names.add(family.topic());
      names.add(family.name());
    }
    return List.copyOf(names);
  }

  /**
   * Questions of {@code families}, mixed so that the same family comes twice in a row only where
   * nothing else is left.
   *
   * @param level 1 to 3, or 0 for rising levels
   */
  public static List<Drill.Item> mixed(List<Family> families, int count, int level, long seed) {
    List<Drill.Item> plan = new ArrayList<>();
    Random random = new Random(seed);
    List<Family> round = new ArrayList<>();
    Family last = null;
    for (int i = 0; i < count; i++) {
      if (round.isEmpty()) {
        round.addAll(families);
      }
      int pick = random.nextInt(round.size());
      if (round.get(pick) == last && round.size() > 1) {
        pick = (pick + 1) % round.size();
      }
      last = round.remove(pick);
      int rising = 1 + 3 * i / count;
      plan.add(new Drill.Item(last, level == 0 ? rising : level, seed * 1000 + i));
    }
    return plan;
  }
}
