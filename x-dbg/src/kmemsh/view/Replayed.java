package kmemsh.view;

import java.util.List;

/**
 * What a replay of recordings found.
 *
 * @param files one report for each recording, in the order given
 */
public record Replayed(List<ReplayReport> files) {
  /** 1 when anything differs, else 3 when nothing was compared or a section skipped, else 0. */
  public int exitStatus() {
    int status = 0;
    for (ReplayReport file : files) {
      int one = file.exitStatus();
      status = one == 1 || status == 1 ? 1 : Math.max(status, one);
    }
    return status;
  }
}
