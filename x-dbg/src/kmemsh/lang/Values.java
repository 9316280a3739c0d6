package kmemsh.lang;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * The kept values: {@code $1}, {@code $2}, ... and their names.
 *
 * <p>Each value carries the moment of the history at which it came. After an undo the later ones
 * are hidden; a redo shows them again; something new forgets them. A reboot starts again at {@code
 * $1}.
 *
 * <pre>
 *   kinds orders numbers extras moments  [size]  one entry a value
 *   freed                                [size]  the moment at which its block was freed, or 0
 *   index   0 .. base-1        of machines before the last reboot
 *           base .. visible-1  $1 ..
 *           visible .. size-1  hidden by undo
 * </pre>
 */
public final class Values {
  private byte[] kinds = new byte[64];
  private byte[] orders = new byte[64];
  private long[] numbers = new long[64];
  private int[] moments = new int[64];
  private Object[] extras;
  private int[] freed;
  private Map<Integer, int[]> freedElements;
  private int size;
  private int visible;
  private int base;

  private final Map<String, Naming> names = new HashMap<>();
  private int now;
  private int reboot;
  private long cuts;

  /** {@code name} means value {@code index} from {@code moment} on; {@code before} until then. */
  private record Naming(int index, int moment, Naming before) {}

  /**
   * Follows the history.
   *
   * @param cuts how often undone entries were forgotten
   * @param now the present moment
   * @param reboot the moment of the last reboot up to now, 0 when there was none
   */
  public void follow(long cuts, int now, int reboot) {
    if (cuts != this.cuts) {
      forgetHidden();
      this.cuts = cuts;
    }
    while (visible < size && moments[visible] <= now) {
      visible++;
    }
    while (visible > 0 && moments[visible - 1] > now) {
      visible--;
    }
    this.now = now;
    if (reboot != this.reboot) {
      this.reboot = reboot;
      base = 0;
      while (base < visible && moments[base] < reboot) {
        base++;
      }
    }
  }

  private void forgetHidden() {
    size = visible;
    for (Map.Entry<String, Naming> entry : names.entrySet()) {
      entry.setValue(visibleNaming(entry.getValue()));
    }
    if (freed != null) {
      forgetLater(freed);
      for (int[] elements : freedElements.values()) {
        forgetLater(elements);
      }
    }
    if (extras != null) {
      Arrays.fill(extras, size, extras.length, null);
    }
  }

  private void forgetLater(int[] marks) {
    for (int i = 0; i < marks.length; i++) {
      if (marks[i] > now) {
        marks[i] = 0;
      }
    }
  }

  /** Keeps a value of this moment and returns the n of {@code $n}. */
  public int add(Value value) {
    if (size == kinds.length) {
      grow();
    }
    if (value.extra() != null && extras == null) {
      extras = new Object[kinds.length];
    }
    kinds[size] = (byte) value.kind();
    orders[size] = (byte) value.order();
    numbers[size] = value.number();
    moments[size] = now;
    if (extras != null) {
      extras[size] = value.extra();
    }
    size++;
    visible = size;
    return size - base;
  }

  private void grow() {
    int room = 2 * size;
    kinds = Arrays.copyOf(kinds, room);
    orders = Arrays.copyOf(orders, room);
    numbers = Arrays.copyOf(numbers, room);
    moments = Arrays.copyOf(moments, room);
    if (extras != null) {
      extras = Arrays.copyOf(extras, room);
    }
  }

  /** From now on {@code name} means the last value. */
  public void name(String name) {
    names.put(name, new Naming(size - 1, now, names.get(name)));
  }

  private Naming visibleNaming(Naming naming) {
    Naming found = naming;
    while (found != null && (found.moment > now || found.index >= visible)) {
      found = found.before;
    }
    return found;
  }

  /** How many values there are: {@code $1} to {@code $n}. */
  public int count() {
    return visible - base;
  }

  /** The names in use, in no order. */
  public String[] names() {
    String[] all = new String[names.size()];
    int found = 0;
    for (String name : names.keySet()) {
      if (indexOf(name) >= 0) {
        all[found++] = name;
      }
    }
    return Arrays.copyOf(all, found);
  }

  /** Value {@code $n}, called {@code label}; null when there is none. */
  public Value get(int n, String label) {
    int index = base + n - 1;
    return n < 1 || index >= visible ? null : at(index, label);
  }

  /** The value called {@code $name}, or null. */
  public Value named(String name) {
    int index = indexOf(name);
    return index < 0 ? null : at(index, "$" + name);
  }

  private int indexOf(String name) {
    Naming naming = visibleNaming(names.get(name));
    return naming == null || naming.index < base ? -1 : naming.index;
  }

  /** The last value, or null when there is none. */
  public Value last() {
    int n = count();
    return n == 0 ? null : get(n, "$" + n);
  }

  /** The last value of a kind; for {@link Value#PAGE} one that is still in use if possible. */
  public Value lastOf(int kind) {
    for (int index = visible - 1; index >= base; index--) {
      if (kinds[index] == kind && freedAt(index) == 0) {
        return at(index, "$" + (index - base + 1));
      }
    }
    return null;
  }

  private Value at(int index, String label) {
    Object extra = extras == null ? null : extras[index];
    Value.Origin origin = new Value.Origin(label, index, -1, 0, numbers[index], freedAt(index));
    return Value.of(kinds[index], numbers[index], orders[index], extra, origin);
  }

  /**
   * Element {@code element} of a list.
   *
   * @throws LineError when the list is not so long
   */
  Value element(Value list, long element) {
    long[] elements = list.elements();
    Value.Origin origin = list.origin();
    String name = origin == null ? "the list" : origin.label();
    if (element < 0 || element >= elements.length) {
      throw new LineError(
          name
              + "["
              + element
              + "] is not there: "
              + name
              + " has "
              + (elements.length == 0 ? "no values" : "[0].." + "[" + (elements.length - 1) + "]"));
    }
    int i = (int) element;
    if (origin == null) {
      return list.element(i, null);
    }
    String label = name + "[" + element + "]";
    int[] marks = freedElements == null ? null : freedElements.get(origin.index());
    int moment = marks == null || marks[i] > now ? 0 : marks[i];
    return list.element(i, new Value.Origin(label, origin.index(), i, 0, elements[i], moment));
  }

  private int freedAt(int index) {
    return freed == null || index >= freed.length || freed[index] > now ? 0 : freed[index];
  }

  /**
   * Remembers that the block of a kept value was freed at this moment.
   *
   * @param value a value with an origin and no offset
   */
  public void markFreed(Value value) {
    Value.Origin origin = value.origin();
    if (freed == null) {
      freed = new int[0];
      freedElements = new HashMap<>();
    }
    if (origin.element() >= 0) {
      int[] marks = freedElements.get(origin.index());
      if (marks == null) {
        marks = new int[((long[]) extras[origin.index()]).length];
        freedElements.put(origin.index(), marks);
      }
      marks[origin.element()] = now;
    } else {
      if (origin.index() >= freed.length) {
        freed = Arrays.copyOf(freed, kinds.length);
      }
      freed[origin.index()] = now;
    }
  }
}
