package kmemsh.replay;

import java.util.Set;

/**
 * What of a recording is replayed.
 *
 * @param sections the kinds of sections to replay, such as PAGE and BOOT; empty for all
 */
public record ReplayOptions(Set<String> sections) {
  /** Everything a recording holds. */
  public static final ReplayOptions ALL = new ReplayOptions(Set.of());

  boolean wants(String kind) {
    return sections.isEmpty() || sections.contains(kind);
  }
}
