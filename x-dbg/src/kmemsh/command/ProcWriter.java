package kmemsh.command;

/** Writes to the files of the simulated /proc and /sys. */
public interface ProcWriter {
  /**
   * Writes {@code text} as {@code echo} would, without its newline, and shows what came of it.
   *
   * @throws kmemsh.op.Refused when there is no such file, it cannot be written, or the value is
   *     wrong
   */
  Reply write(String path, String text);
}
