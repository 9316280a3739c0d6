package kmemsh.learn;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Text of blocks with an empty line between them. A line of a block begins with the name of its
 * field and a colon, or with {@code >} for a command line; other lines go on with the field before.
 *
 * <pre>
 *   topic: buddy
 *   ask: Why are there eleven lists?
 *   answer: One for each order ...
 *     more of the answer
 *   &gt; buddyinfo
 * </pre>
 */
final class Blocks {
  private static final String COMMAND = "> ";

  private Blocks() {}

  /** A field of a block; a command line has the name {@code >}. */
  record Field(String name, StringBuilder text) {}

  /** The blocks of a resource of the program. */
  static List<List<Field>> ofResource(String name) {
    try (InputStream in = Blocks.class.getResourceAsStream("/kmemsh/learn/" + name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is missing in the program");
      }
      return of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException broken) {
      throw new UncheckedIOException(name, broken);
    }
  }

  static List<List<Field>> of(String text) {
    List<List<Field>> blocks = new ArrayList<>();
    List<Field> block = new ArrayList<>();
    for (String line : (text + "\n\n").split("\n", -1)) {
      if (line.isBlank()) {
        if (!block.isEmpty()) {
          blocks.add(block);
          block = new ArrayList<>();
        }
      } else if (!line.startsWith("#")) {
        add(block, line);
      }
    }
    return blocks;
  }

  private static void add(List<Field> block, String line) {
    int colon = line.indexOf(": ");
    boolean named = colon > 0 && line.substring(0, colon).chars().allMatch(Character::isLowerCase);
    if (line.startsWith(COMMAND)) {
      block.add(new Field(">", new StringBuilder(line.substring(COMMAND.length()))));
    } else if (named) {
      block.add(new Field(line.substring(0, colon), new StringBuilder(line.substring(colon + 2))));
    } else if (!block.isEmpty()) {
      block.get(block.size() - 1).text().append(' ').append(line.trim());
    }
  }

  /** The text of the field called {@code name}, or {@code otherwise}. */
  static String text(List<Field> block, String name, String otherwise) {
    for (Field field : block) {
      if (field.name().equals(name)) {
        return field.text().toString();
      }
    }
    return otherwise;
  }

  /** The command lines of a block. */
  static List<String> commands(List<Field> block) {
    List<String> commands = new ArrayList<>();
    for (Field field : block) {
      if (field.name().equals(">")) {
        commands.add(field.text().toString());
      }
    }
    return commands;
  }
}
