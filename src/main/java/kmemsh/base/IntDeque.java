package kmemsh.base;

/**
 * Ints in a row that grow and shrink at both ends.
 *
 * <pre>
 *   ring   [power of two]  elements head, head + 1, ... modulo its length
 * </pre>
 */
public final class IntDeque {
  private static final int[] NONE = new int[1];
  private static final int FIRST_CAPACITY = 16;

  private int[] ring = NONE;
  private int head;
  private int size;

  public int size() {
    return size;
  }

  public boolean isEmpty() {
    return size == 0;
  }

  /** The element at {@code index} from the head. */
  public int get(int index) {
    return ring[(head + index) & (ring.length - 1)];
  }

  public void pushHead(int value) {
    room();
    head = (head - 1) & (ring.length - 1);
    ring[head] = value;
    size++;
  }

  public void pushTail(int value) {
    room();
    ring[(head + size) & (ring.length - 1)] = value;
    size++;
  }

  public int popHead() {
    assert size > 0;
    int value = ring[head];
    head = (head + 1) & (ring.length - 1);
    size--;
    return value;
  }

  public int popTail() {
    assert size > 0;
    size--;
    return ring[(head + size) & (ring.length - 1)];
  }

  /** The elements, head first. */
  public int[] toArray() {
    int[] array = new int[size];
    for (int i = 0; i < size; i++) {
      array[i] = get(i);
    }
    return array;
  }

  /** Replaces what is there by {@code values}, head first. */
  public void setAll(int[] values) {
    int capacity = Math.max(FIRST_CAPACITY, Integer.highestOneBit(Math.max(1, values.length)) * 2);
    ring = values.length == 0 ? NONE : new int[capacity];
    System.arraycopy(values, 0, ring, 0, values.length);
    head = 0;
    size = values.length;
  }

  private void room() {
    if (size < ring.length && ring != NONE) {
      return;
    }
    int[] wider = new int[Math.max(FIRST_CAPACITY, 2 * ring.length)];
    for (int i = 0; i < size; i++) {
      wider[i] = get(i);
    }
    ring = wider;
    head = 0;
  }
}
