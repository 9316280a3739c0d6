package kmemsh.session;

import java.util.Arrays;

/** Lines that changed nothing but gave a value, each with the moment at which it ran. */
final class Notes {
  private int[] moments = new int[16];
  private String[] texts = new String[16];
  private int size;

  void add(int moment, String text) {
    if (size == moments.length) {
      moments = Arrays.copyOf(moments, 2 * size);
      texts = Arrays.copyOf(texts, 2 * size);
    }
    moments[size] = moment;
    texts[size++] = text;
  }

  /** Forgets the lines after {@code moment}. */
  void cut(int moment) {
    while (size > 0 && moments[size - 1] > moment) {
      texts[--size] = null;
    }
  }

  int size() {
    return size;
  }

  int moment(int i) {
    return moments[i];
  }

  String text(int i) {
    return texts[i];
  }
}
