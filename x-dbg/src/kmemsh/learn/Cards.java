package kmemsh.learn;

import java.util.ArrayList;
import java.util.List;

/** The cards, read when they are first asked for. */
public final class Cards {
  /** The topic that means all of them. */
  public static final String TOPIC = "cards";

  private static List<CardFamily> all;

  private Cards() {}

  public static List<CardFamily> all() {
    if (all == null) {
      List<CardFamily> cards = new ArrayList<>();
      for (List<Blocks.Field> block : Blocks.ofResource("cards.txt")) {
        cards.add(
            new CardFamily(
                Blocks.text(block, "card", ""),
                Blocks.text(block, "topic", ""),
                Blocks.text(block, "machine", ""),
                Blocks.text(block, "ask", ""),
                Blocks.text(block, "answer", ""),
                Blocks.commands(block)));
      }
      all = cards;
    }
    return all;
  }
}
