package kmemsh.command;

/** What an argument is: decides what Tab offers for it and what its hint says. */
public enum ArgKind {
  ORDER("0..10"),
  GFP("GFP flags joined with |, or a number"),
  PAGE("a page value such as $1, or a pfn"),
  CACHE("a cache by its name, or a value such as $1"),
  ADDRESS("an address, or a value that has one"),
  VALUE("a value such as $1, a pfn or an address"),
  BYTES("a size such as 4096 or 64K"),
  COUNT("a number"),
  ZONE("a zone"),
  MIGRATETYPE("a migratetype"),
  CONTEXT("a context such as softirq"),
  CPU("a CPU number"),
  FILE("a file"),
  PROC_PATH("a path under /proc or /sys"),
  COMMAND("a command"),
  TOPIC("a command or a group of commands"),
  NAME("a name"),
  METRIC("free, largest, frag, slabs, objects, or an expression"),
  MARK("a mark, or a number of the history"),
  EXPRESSION("a condition such as free(Normal,3) == 12"),
  LINE("a whole command"),
  WORD("a word"),
  NONE("");

  private final String means;

  ArgKind(String means) {
    this.means = means;
  }

  /** What can be written, in a few words; empty for an option without a value. */
  public String means() {
    return means;
  }
}
