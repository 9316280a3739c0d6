package kmemsh.view;

import java.util.List;

/**
 * All that is known of a command.
 *
 * @param synopsis how it is typed
 * @param prototype the C prototype, empty when it is no kernel function
 * @param context who may call it
 * @param example a transcript
 * @param seeAlso names of commands, blanks between them
 */
public record HelpPage(
    String name,
    String group,
    String summary,
    String synopsis,
    List<Argument> arguments,
    String prototype,
    String meaning,
    String context,
    String example,
    String seeAlso) {

  /** An argument or option. */
  public record Argument(String label, String description, String defaultText) {}
}
