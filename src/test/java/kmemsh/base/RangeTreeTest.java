package kmemsh.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RangeTreeTest {
  private static final long TOP = 0xffffc90000000000L;

  private final LongRows rows = new LongRows();
  private final RangeTree tree = new RangeTree(rows, true);
  private final TreeMap<Long, Integer> reference = new TreeMap<>(Long::compareUnsigned);

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void staysARedBlackTreeThroughRandomChanges(long seed) {
    Random random = new Random(seed);
    for (int step = 0; step < 1500; step++) {
      boolean grow = reference.size() < 3 || random.nextInt(100) < (step < 750 ? 60 : 40);
      if (grow) {
        insert(random);
      } else {
        erase(random);
      }
      assertThat(tree.problem()).isEmpty();
    }
    assertThat(nodes()).containsExactlyElementsOf(reference.values());
  }

  private void insert(Random random) {
    long start = TOP + 1000L * random.nextInt(5000);
    if (!reference.containsKey(start)) {
      int node = rows.take();
      tree.insert(node, start, start + 1 + random.nextInt(999));
      reference.put(start, node);
    }
  }

  private void erase(Random random) {
    Long key = reference.ceilingKey(TOP + 1000L * random.nextInt(5000));
    Map.Entry<Long, Integer> entry =
        key == null ? reference.lastEntry() : reference.ceilingEntry(key);
    tree.erase(entry.getValue());
    rows.release(entry.getValue());
    reference.remove(entry.getKey());
  }

  private List<Integer> nodes() {
    List<Integer> nodes = new ArrayList<>();
    for (int node = tree.first(); node != RangeTree.NIL; node = tree.next(node)) {
      nodes.add(node);
    }
    return nodes;
  }

  @Test
  void findsTheRangeAroundAnAddress() {
    int low = rows.take();
    tree.insert(low, 0x1000, 0x3000);
    int high = rows.take();
    tree.insert(high, TOP, TOP + 0x1000);

    assertThat(tree.find(0x2fff)).isEqualTo(low);
    assertThat(tree.find(0x3000)).isEqualTo(RangeTree.NIL);
    assertThat(tree.find(TOP)).isEqualTo(high);
    assertThat(tree.lastBelow(TOP)).isEqualTo(low);
    assertThat(tree.firstFrom(0x1001)).isEqualTo(high);
  }

  /*
   *        4b              insert 1..8 in rising order
   *      2r    6r
   *     1b 3b 5b 7b
   *                8r
   */
  @Test
  void hasTheShapeOfTheClassicInsertion() {
    for (int i = 1; i <= 8; i++) {
      tree.insert(rows.take(), i * 10L, i * 10L + 1);
    }

    assertThat(shape()).isEqualTo("10:2b 20:1r 30:2b 40:0b 50:2b 60:1r 70:2b 80:3r");
  }

  /*
   *        5b              erase 4, the root: its successor takes its place and colour
   *      2r    7r
   *     1b 3b 6b 8b
   */
  @Test
  void theSuccessorTakesThePlaceOfAnErasedNodeWithTwoChildren() {
    int root = 0;
    for (int i = 1; i <= 8; i++) {
      int node = rows.take();
      tree.insert(node, i * 10L, i * 10L + 1);
      root = i == 4 ? node : root;
    }
    tree.erase(root);

    assertThat(shape()).isEqualTo("10:2b 20:1r 30:2b 50:0b 60:2b 70:1r 80:2b");
  }

  private String shape() {
    StringBuilder shape = new StringBuilder();
    for (int node = tree.first(); node != RangeTree.NIL; node = tree.next(node)) {
      shape.append(tree.start(node)).append(':').append(tree.depth(node));
      shape.append(tree.isRed(node) ? "r " : "b ");
    }
    return shape.toString().strip();
  }

  @Test
  void loadsTheShapeItIsGivenAndNoOther() {
    int[] nodes = {rows.take(), rows.take(), rows.take()};
    long[][] tree123 = {{10, 11, 1, 1}, {20, 21, 0, 0}, {30, 31, 1, 1}};
    assertThat(tree.load(nodes, tree123)).isTrue();
    assertThat(shape()).isEqualTo("10:1r 20:0b 30:1r");

    long[][] twoRoots = {{10, 11, 0, 0}, {20, 21, 0, 0}, {30, 31, 1, 1}};
    assertThat(tree.load(nodes, twoRoots)).isFalse();
    long[][] redRoot = {{10, 11, 1, 1}, {20, 21, 0, 1}, {30, 31, 1, 1}};
    assertThat(tree.load(nodes, redRoot)).isFalse();
  }

  @Test
  void restoreGivesTheRowsOfTheCheckpointEachTime() {
    int first = rows.take();
    tree.insert(first, 10, 20);
    LongRows.State state = rows.checkpoint();
    int root = tree.root();
    for (int round = 0; round < 2; round++) {
      for (int i = 2; i < 1000; i++) {
        tree.insert(rows.take(), 20L * i, 20L * i + 1);
      }
      assertThat(rows.nrUsed()).isEqualTo(999);
      rows.restore(state);
      tree.restoreRoot(root);
      assertThat(shape()).isEqualTo("10:0b");
      assertThat(rows.nrUsed()).isEqualTo(1);
    }
  }
}
