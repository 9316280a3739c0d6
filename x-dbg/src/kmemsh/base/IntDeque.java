package kmemsh.base;

/**
 * Ints in a row that grow and shrink at both ends.
 *
 * <pre>
 *   ring   [power of two]  elements head, head + 1, ... end - 1, each modulo its length
 * </pre>
 */
public final class IntDeque {
  private static final int[] NONE = {};
  private static final int FIRST_CAPACITY = 16;

  private int[] ring = NONE;

  /** The ring's length less one, in a field so that an element is found without asking the ring. */
  private int mask = -1;

  private int head;
  private int end;

  public int size() {
    return end - head;
  }

  public boolean isEmpty() {
    return head == end;
  }

  /** The element at {@code index} from the head. */
  public int get(int index) {
    return ring[(head + index) & mask];
  }

  public void pushHead(int value) {
    room();
    int at = head - 1;
    ring[at & mask] = value;
    head = at;
  }

  public void pushTail(int value) {
    room();
    ring[end & mask] = value;
    end++;
  }

  public int popHead() {
    assert head != end;
    int at = head;
    head = at + 1;
    return ring[at & mask];
  }

  public int popTail() {
    assert head != end;
    end--;
    return ring[end & mask];
  }

  /** The elements, head first. */
  public int[] toArray() {
    int[] array = new int[size()];
    for (int i = 0; i < array.length; i++) {
      array[i] = get(i);
    }
    return array;
  }

  /** Replaces what is there by {@code values}, head first. */
  public void setAll(int[] values) {
    int capacity = Math.max(FIRST_CAPACITY, Integer.highestOneBit(Math.max(1, values.length)) * 2);
    ring = values.length == 0 ? NONE : new int[capacity];
    mask = ring.length - 1;
    System.arraycopy(values, 0, ring, 0, values.length);
    head = 0;
    end = values.length;
  }

  private void room() {
    if (end - head > mask) {
      grow();
    }
  }

  private void grow() {
    int size = size();
    int[] wider = new int[Math.max(FIRST_CAPACITY, 2 * ring.length)];
    for (int i = 0; i < size; i++) {
      wider[i] = get(i);
    }
    ring = wider;
    mask = wider.length - 1;
    head = 0;
    end = size;
  }
}
