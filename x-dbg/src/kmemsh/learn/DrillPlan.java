package kmemsh.learn;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;

/** Which questions a drill asks. */
public final class DrillPlan {
  private DrillPlan() {}

  /**
   * The families of a topic, or the one family or card of that name; all for an empty topic.
   *
   * @param cards whether cards are among them; they are in any case when the topic asks for them
   */
  public static List<Family> families(String topic, boolean cards) {
    List<Family> found = new ArrayList<>();
    for (Family family : Families.all()) {
      if (topic.isEmpty() || family.topic().equals(topic) || family.name().equals(topic)) {
        found.add(family);
      }
    }
    boolean computed = !found.isEmpty();
    if (cards || !computed) {
      for (CardFamily card : Cards.all()) {
        boolean all = topic.isEmpty() || topic.equals(Cards.TOPIC);
        if (all || card.topic().equals(topic) || card.name().equals(topic)) {
          found.add(card);
        }
      }
    }
    return found;
  }

  /** Questions of an interview: two cards, then a computed question, and so on. */
  public static List<Drill.Item> interview(int count, int level, long seed) {
    List<Family> cards = new ArrayList<>(Cards.all());
    List<Family> computed = new ArrayList<>(Families.all());
    Random random = new Random(seed);
    Collections.shuffle(cards, random);
    Collections.shuffle(computed, random);
    List<Drill.Item> plan = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      boolean open = i % 3 < 2;
      Family family = open ? cards.get(i) : computed.get(i / 3 % computed.size());
      int rising = 1 + 3 * i / count;
      plan.add(new Drill.Item(family, level == 0 ? rising : level, seed * 1000 + i));
    }
    return plan;
  }

  /** Every word that {@code drill} takes as its topic, the names of cards excepted. */
  public static List<String> topics() {
    TreeSet<String> names = new TreeSet<>();
    for (Family family : families("", true)) {
      names.add(family.topic());
    }
    for (Family family : Families.all()) {
      names.add(family.name());
    }
    names.add(Cards.TOPIC);
    return List.copyOf(names);
  }

  /**
   * Questions of {@code families}, mixed so that the same family comes twice in a row only where
   * nothing else is left.
   *
   * @param level 1 to 3, or 0 for rising levels
   */
  public static List<Drill.Item> mixed(List<Family> families, int count, int level, long seed) {
    return mixed(families, count, level, seed, null);
  }

  /** Like the other, but without a level a family known to {@code memory} has its own. */
  static List<Drill.Item> mixed(
      List<Family> families, int count, int level, long seed, Memory memory) {
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
      int rising = memory == null ? 1 + 3 * i / count : memory.level(last.name());
      plan.add(new Drill.Item(last, level == 0 ? rising : level, seed * 1000 + i));
    }
    return plan;
  }
}
