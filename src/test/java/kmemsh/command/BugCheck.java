package kmemsh.command;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kmemsh.learn.Question;

/** Reads the scripts of the bug family as a person does: names, takers and givers, no machine. */
final class BugCheck {
  private BugCheck() {}

  /** How a name was taken: the line, and the words with which it goes back. */
  private record Taken(int line, String freeing) {}

  static String answer(PracticeBench bench, Question question) {
    Map<String, Taken> held = new LinkedHashMap<>();
    List<String> freed = new ArrayList<>();
    boolean softirq = false;
    for (String row : question.picture().lines().toList()) {
      String[] words = row.trim().split("\\s+");
      int line = Integer.parseInt(words[0]);
      softirq = words[1].equals("context") ? words[2].equals("softirq") : softirq;
      if (softirq && words[words.length - 1].equals("GFP_KERNEL")) {
        return question.level() == 1 ? "sleep" : Integer.toString(line);
      }
      if (words.length > 2 && words[2].equals("=")) {
        held.put(words[1], new Taken(line, freeing(words)));
      } else if (!words[1].equals("kmem_cache_create") && !words[1].equals("context")) {
        String wrong = free(words, held, freed);
        if (!wrong.isEmpty()) {
          return question.level() == 1 ? wrong : Integer.toString(line);
        }
      }
    }
    for (Taken taken : held.values()) {
      return question.level() == 1 ? "leak" : Integer.toString(taken.line());
    }
    return question.level() == 1 ? "none" : "0";
  }

  private static String freeing(String[] words) {
    return switch (words[3]) {
      case "kmem_cache_alloc" -> "kmem_cache_free " + words[4];
      case "kmalloc" -> "kfree";
      default -> "free_pages " + words[4];
    };
  }

  private static String free(String[] words, Map<String, Taken> held, List<String> freed) {
    String name = words[words[1].equals("kmem_cache_free") ? 3 : 2].substring(1);
    if (freed.contains(name)) {
      return "double";
    }
    String with =
        switch (words[1]) {
          case "kmem_cache_free" -> "kmem_cache_free " + words[2];
          case "kfree" -> "kfree";
          default -> "free_pages " + words[3];
        };
    if (!held.get(name).freeing().equals(with)) {
      return words[1].equals("free_pages") ? "order" : "cache";
    }
    held.remove(name);
    freed.add(name);
    return "";
  }
}
