package kmemsh.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import kmemsh.view.HelpPage;

/**
 * The help pages: one resource {@code help/NAME.txt} a command, in sections whose heads stand alone
 * on a line in capitals: PROTOTYPE, MEANING, CONTEXT, EXAMPLE, SEE ALSO.
 */
final class HelpPages {
  private HelpPages() {}

  /** The whole page as it stands in the resource, empty when there is none. */
  static String text(String name) {
    String resource = "/kmemsh/help/" + (name.equals("!") ? "not" : name) + ".txt";
    try (InputStream in = HelpPages.class.getResourceAsStream(resource)) {
      return in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException broken) {
      throw new UncheckedIOException(resource, broken);
    }
  }

  /** The page of a command together with what its usage declares. */
  static HelpPage page(Usage usage) {
    Map<String, String> sections = sections(text(usage.name()));
    List<HelpPage.Argument> arguments = new ArrayList<>();
    for (Usage.Param param : usage.params()) {
      arguments.add(new HelpPage.Argument(param.label(), param.description(), param.defaultText()));
    }
    for (Usage.Option option : usage.options()) {
      String label = String.join(", ", option.names()) + ' ' + option.label();
      arguments.add(
          new HelpPage.Argument(label.trim(), option.description(), option.defaultText()));
    }
    String prototype = sections.getOrDefault("PROTOTYPE", usage.prototype());
    return new HelpPage(
        usage.name(),
        usage.group(),
        usage.summary(),
        usage.synopsis(),
        arguments,
        prototype,
        sections.getOrDefault("MEANING", ""),
        sections.getOrDefault("CONTEXT", ""),
        sections.getOrDefault("EXAMPLE", ""),
        sections.getOrDefault("SEE ALSO", ""));
  }

  private static Map<String, String> sections(String page) {
    Map<String, String> sections = new HashMap<>();
    String head = "";
    StringBuilder body = new StringBuilder();
    for (String line : page.lines().toList()) {
      if (isHead(line)) {
        sections.put(head, body.toString().strip());
        head = line;
        body.setLength(0);
      } else {
        body.append(line).append('\n');
      }
    }
    sections.put(head, body.toString().strip());
    return sections;
  }

  private static boolean isHead(String line) {
    return switch (line) {
      case "PROTOTYPE", "MEANING", "CONTEXT", "EXAMPLE", "SEE ALSO" -> true;
      default -> false;
    };
  }
}
