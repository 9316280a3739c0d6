package kmemsh.view;

import java.util.List;

/** All commands. */
public record HelpIndex(List<Group> groups) {

  /** The commands of a group. */
  public record Group(String name, String title, List<Line> commands) {}

  /** A command and what it is for. */
  public record Line(String name, String summary) {}
}
