package kmemsh.command;

import java.util.List;
import kmemsh.lang.SlabFlagWords;
import kmemsh.learn.DrillPlan;
import kmemsh.view.KmemEvents;

/** The words that arguments and options of some commands choose from, for completion. */
final class Choices {
  private static final String[] NONE = {};

  /** Command, label of the argument or of the option, words. */
  private static final String[][] WORDS = {
    {"reboot", "NAME", "i386", "x86_64"},
    {"reboot", "KIND", "slab", "slub", "slob"},
    {"reboot", "SPLIT", "3G", "3G_OPT", "2G", "2G_OPT", "1G"},
    {"slabgeom", "KIND", "slab", "slub", "slob"},
    {"trace", "FORMAT", "ftrace", "perf", "trace-cmd"},
    {"trace", "WORD", "on", "off", "clear", "pipe"},
    {"render", "WHAT", "memmap", "freelists"},
    {"completion", "SHELL", "bash", "zsh"},
    {"step", "SWITCH", "on", "off"},
    {"lesson", "FILE", "new", "check"},
    {"tour", "CHAPTER", "list"},
    {"drill", "TOPIC", "due", "stats", "export"},
    {"kmem_cache_create", "CTOR", "ctor"},
    {"interview", "MINUTES", "20", "45"},
  };

  private Choices() {}

  /** The fixed words for that argument or option; empty when there are none. */
  static String[] of(String command, String label, String line) {
    if (command.equals("trace") && label.equals("WORD") && behindSwitch(line)) {
      String[] events = new String[KmemEvents.count()];
      for (int event = 0; event < events.length; event++) {
        events[event] = KmemEvents.name(event);
      }
      return events;
    }
    for (String[] row : WORDS) {
      if (row[0].equals(command) && row[1].equals(label)) {
        String[] words = new String[row.length - 2];
        System.arraycopy(row, 2, words, 0, words.length);
        return words;
      }
    }
    return NONE;
  }

  /** Topics of drill beside its words. */
  static List<String> topics(String command, String label) {
    return command.equals("drill") && label.equals("TOPIC") ? DrillPlan.topics() : List.of();
  }

  /** Flags of caches, which are joined with a bar. */
  static String[] flags(String command, String label) {
    boolean create = command.equals("kmem_cache_create") && label.equals("FLAGS");
    return create || (command.equals("slabgeom") && label.equals("F"))
        ? SlabFlagWords.names()
        : NONE;
  }

  /** Whether {@code trace on} or {@code trace off} stands before the word that is typed. */
  private static boolean behindSwitch(String line) {
    return line.matches(".*\\btrace +(on|off) .*");
  }
}
