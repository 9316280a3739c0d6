package kmemsh.explain;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import kmemsh.view.StepFrame;

/**
 * Lists by name, on which blocks and slabs are moved while an operation is told. It remembers what
 * came and what left since the last picture.
 */
final class ListBoard {
  private final Map<Key, List<Integer>> lists = new TreeMap<>();
  private final Map<Key, Boolean> touched = new TreeMap<>();
  private final Map<Key, List<Integer>> came = new LinkedHashMap<>();

  /** Pictures before a change: where each item stood that left. */
  private final Map<Key, List<Integer>> before = new LinkedHashMap<>();

  /** Sorts lists: by group, then by number, which is an order or a rank. */
  record Key(String group, int number, String label) implements Comparable<Key> {
    @Override
    public int compareTo(Key other) {
      int byGroup = group.compareTo(other.group);
      int byNumber = Integer.compare(number, other.number);
      return byGroup != 0 ? byGroup : byNumber != 0 ? byNumber : label.compareTo(other.label);
    }
  }

  /** Sets a list as it is before the operation. */
  void set(Key key, List<Integer> pfns) {
    lists.put(key, new ArrayList<>(pfns));
  }

  List<Integer> list(Key key) {
    return lists.computeIfAbsent(key, k -> new ArrayList<>());
  }

  void put(Key key, int pfn, boolean tail) {
    touch(key);
    List<Integer> list = list(key);
    list.add(tail ? list.size() : 0, pfn);
    came.computeIfAbsent(key, k -> new ArrayList<>()).add(pfn);
  }

  /** Takes {@code pfn} off a list; false when it is not on it. */
  boolean take(Key key, int pfn) {
    if (!list(key).contains(pfn)) {
      return false;
    }
    touch(key);
    list(key).remove((Integer) pfn);
    if (came.containsKey(key)) {
      came.get(key).remove((Integer) pfn);
    }
    return true;
  }

  /** Takes {@code pfn} off whichever list of the group with that number holds it. */
  void takeFromGroup(String groupPrefix, int number, int pfn) {
    for (Key key : List.copyOf(lists.keySet())) {
      if (key.number == number && key.group.startsWith(groupPrefix) && take(key, pfn)) {
        return;
      }
    }
  }

  /** Takes {@code pfn} off whichever list of the group holds it. */
  void takeFromGroup(String group, int pfn) {
    for (Key key : List.copyOf(lists.keySet())) {
      if (key.group.equals(group) && take(key, pfn)) {
        return;
      }
    }
  }

  private void touch(Key key) {
    touched.put(key, true);
    before.computeIfAbsent(key, k -> new ArrayList<>(list(k)));
  }

  /** The lists that any step touched so far. */
  List<Key> touched() {
    return List.copyOf(touched.keySet());
  }

  /** A picture of {@code keys}; changes are counted anew from here on. */
  List<StepFrame.Row> picture(List<Key> keys) {
    List<StepFrame.Row> rows = new ArrayList<>();
    for (Key key : keys) {
      rows.add(new StepFrame.Row(key.group, key.label, items(key)));
    }
    came.clear();
    before.clear();
    return rows;
  }

  private List<StepFrame.Item> items(Key key) {
    List<Integer> now = list(key);
    List<Integer> fresh = came.getOrDefault(key, List.of());
    List<StepFrame.Item> items = new ArrayList<>();
    for (int pfn : now) {
      items.add(new StepFrame.Item(pfn, fresh.contains(pfn) ? StepFrame.CAME : StepFrame.STAYS));
    }
    List<Integer> then = before.getOrDefault(key, List.of());
    for (int i = 0; i < then.size(); i++) {
      if (!now.contains(then.get(i))) {
        items.add(Math.min(i, items.size()), new StepFrame.Item(then.get(i), StepFrame.LEFT));
      }
    }
    return items;
  }
}
