package kmemsh.mm.slab;

import java.util.ArrayList;
import java.util.List;

/** What a look at everything found wrong, one sentence each. */
final class SlabProblems {
  /** As many as anyone reads; damage may multiply. */
  private static final int MOST = 1000;

  private final List<String> found = new ArrayList<>();

  void add(String problem) {
    if (found.size() < MOST) {
      found.add(problem);
    }
  }

  int size() {
    return found.size();
  }

  List<String> all() {
    return found;
  }
}
