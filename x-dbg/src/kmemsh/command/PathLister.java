package kmemsh.command;

/** The names in the simulated /proc and /sys, for completion. */
public interface PathLister {
  /**
   * The entries of a directory, those that are directories with a {@code /} at their end; empty
   * when there is no such directory.
   *
   * @param directory absolute, without a {@code /} at its end unless it is the root
   */
  String[] list(String directory);
}
