package kmemsh.view;

import java.util.ArrayList;
import java.util.List;

/**
 * The outcome of a check of the whole state.
 *
 * @param nrRules rules that were checked
 * @param nrBlocks free blocks that were looked at
 * @param nrPages pages of per-CPU lists and allocations that were looked at
 * @param violations the first ones found; empty when all is well
 */
public record VerifyReport(int nrRules, long nrBlocks, long nrPages, List<Violation> violations) {
  public boolean ok() {
    return violations.isEmpty();
  }

  /** The same report with one more violation. */
  public VerifyReport and(Violation violation) {
    List<Violation> all = new ArrayList<>(violations);
    all.add(violation);
    return new VerifyReport(nrRules, nrBlocks, nrPages, all);
  }
}
