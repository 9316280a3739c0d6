package kmemsh.command;

import kmemsh.lang.LineError;
import kmemsh.lang.Words;
import kmemsh.op.Refused;

/**
 * Every command by its name. A command is built when it is first used.
 *
 * <p>To add one, name it in {@link CommandGroups} and in {@link OtherCommands#build}.
 */
public final class CommandTable {
  public static final String PAGES = "pages";
  public static final String OBJECTS = "objects";
  public static final String CONTENTS = "contents";
  public static final String SPACE = "space";
  public static final String LOOKING = "looking";
  public static final String MACHINE = "machine";
  public static final String SESSION = "session";
  public static final String LANGUAGE = "language";
  public static final String WATCHING = "watching";
  public static final String LEARNING = "learning";

  private final Lab lab;
  private String[] usedNames = new String[64];
  private Command[] usedCommands = new Command[64];
  private int nrUsed;

  public CommandTable(Lab lab) {
    this.lab = lab;
  }

  /** The command called {@code name}, or null. */
  public Command command(String name) {
    return find(name, 0, name.length());
  }

  /** Why the command that {@code line} begins with cannot take the words behind it, or empty. */
  public String misuse(String line) {
    Words words = new Words();
    try {
      words.scan(line, 0);
      Command command = find(line, words.start(0), words.end(0));
      if (command != null) {
        new ArgumentWords().parse(command.usage(), words, 1);
      }
      return "";
    } catch (Refused refused) {
      return refused.refusal().what();
    } catch (LineError unreadable) {
      return "";
    }
  }

  /** The command called {@code line[start, end)}, or null. */
  Command find(String line, int start, int end) {
    int length = end - start;
    int slot = hash(line, start, end) & (usedNames.length - 1);
    while (usedNames[slot] != null) {
      String known = usedNames[slot];
      if (known.length() == length && line.startsWith(known, start)) {
        return usedCommands[slot];
      }
      slot = (slot + 1) & (usedNames.length - 1);
    }
    if (length > Command.LONGEST_NAME) {
      return null;
    }
    String name = line.substring(start, end);
    Object made = PageCommands.build(name, lab);
    Command built = (Command) (made == null ? OtherCommands.build(name, lab, this) : made);
    if (built != null) {
      keep(name, built);
    }
    return built;
  }

  private static int hash(String line, int start, int end) {
    int hash = end - start;
    for (int at = start; at < end && at < start + Command.LONGEST_NAME; at++) {
      hash = 31 * hash + line.charAt(at);
    }
    return hash ^ (hash >>> 16);
  }

  void keep(String name, Command command) {
    if (2 * (nrUsed + 1) > usedNames.length) {
      String[] names = usedNames;
      Command[] commands = usedCommands;
      usedNames = new String[2 * names.length];
      usedCommands = new Command[2 * names.length];
      for (int i = 0; i < names.length; i++) {
        if (names[i] != null) {
          insert(names[i], commands[i]);
        }
      }
    }
    insert(name, command);
    nrUsed++;
  }

  private void insert(String name, Command command) {
    int slot = hash(name, 0, name.length()) & (usedNames.length - 1);
    while (usedNames[slot] != null) {
      slot = (slot + 1) & (usedNames.length - 1);
    }
    usedNames[slot] = name;
    usedCommands[slot] = command;
  }

  /** The names of the groups, in the order in which help lists them. */
  public String[] groups() {
    return CommandGroups.groups();
  }

  /** The title of a group, or null when there is no such group. */
  public String title(String group) {
    return CommandGroups.title(group);
  }

  /** The names of the commands of a group; empty when there is no such group. */
  public String[] names(String group) {
    return CommandGroups.names(group);
  }

  /** The names of all commands. */
  public String[] names() {
    return CommandGroups.names();
  }
}
