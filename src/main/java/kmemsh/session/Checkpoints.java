package kmemsh.session;

import java.util.Arrays;
import kmemsh.machine.Checkpoint;

/**
 * The moments of a history that can be restored, ascending, at most {@value #MOST}. Beyond that
 * every second one goes and the spacing doubles.
 */
final class Checkpoints {
  private static final int MOST = 32;
  static final int FIRST_SPACING = 64;

  private final Checkpoint[] kept = new Checkpoint[MOST + 1];
  private final int[] moments = new int[MOST + 1];
  private int nr;
  private int spacing = FIRST_SPACING;

  /** With {@code first} at moment 0; null stands for a boot. */
  Checkpoints(Checkpoint first) {
    kept[0] = first;
    nr = 1;
  }

  /** Whether {@code moment} should be kept by the spacing of now. */
  boolean isDue(int moment) {
    return moment % spacing == 0;
  }

  void add(int moment, Checkpoint checkpoint) {
    moments[nr] = moment;
    kept[nr++] = checkpoint;
    while (nr > MOST) {
      thinOut();
    }
  }

  /** Those of reboots go first; only when the others are too many does the spacing double. */
  private void thinOut() {
    if (!keepMultiples()) {
      spacing *= 2;
      keepMultiples();
    }
  }

  /** Drops the checkpoints at moments that are no multiples of the spacing; false: none was. */
  private boolean keepMultiples() {
    int before = nr;
    nr = 0;
    for (int i = 0; i < before; i++) {
      if (isDue(moments[i])) {
        moments[nr] = moments[i];
        kept[nr++] = kept[i];
      }
    }
    Arrays.fill(kept, nr, before, null);
    return nr < before;
  }

  /** Drops those behind {@code moment}. */
  void cut(int moment) {
    while (moments[nr - 1] > moment) {
      kept[--nr] = null;
    }
  }

  /** The last one that is not behind {@code moment}, a number for {@link #moment}. */
  int nearest(int moment) {
    int nearest = nr - 1;
    while (moments[nearest] > moment) {
      nearest--;
    }
    return nearest;
  }

  int moment(int i) {
    return moments[i];
  }

  /** The state at {@link #moment}; null for moment 0 when a boot leads there. */
  Checkpoint at(int i) {
    return kept[i];
  }
}
