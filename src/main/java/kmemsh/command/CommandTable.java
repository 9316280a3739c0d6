package kmemsh.command;

/** Every command by its name. */
public final class CommandTable {
  public CommandTable(Lab lab) {}
}
