package kmemsh.learn;

import java.util.List;

/** Scores and cards as other programs read them. */
final class Export {
  private Export() {}

  /** Every answer: comma-separated values with a head, for a spreadsheet. */
  static String csv(Memory memory) {
    StringBuilder out = new StringBuilder("time,item,grade,right\n");
    for (Review review : memory.reviews()) {
      out.append(review.at()).append(',').append(review.item()).append(',');
      out.append(review.grade()).append(',').append(review.passed() ? "yes" : "no").append('\n');
    }
    return out.toString();
  }

  /** Cards as notes that Anki imports: front, back and tag, with tabs between them. */
  static String anki(List<CardFamily> cards) {
    StringBuilder out = new StringBuilder("#separator:tab\n#html:true\n#tags column:3\n");
    for (CardFamily card : cards) {
      out.append(html(card.prompt())).append('\t');
      out.append(html(card.answer()));
      if (!card.commands().isEmpty()) {
        out.append("<br><pre>").append(html(String.join("\n", card.commands()))).append("</pre>");
      }
      out.append('\t').append("kmemsh::").append(card.topic()).append('\n');
    }
    return out.toString();
  }

  private static String html(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\n", "<br>")
        .replace("\t", " ");
  }
}
