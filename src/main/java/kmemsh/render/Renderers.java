package kmemsh.render;

import kmemsh.text.Text;

/** Stand-in. */
public final class Renderers {
  private Renderers() {}

  public static void render(Object record, Text out, int columns) {
    out.add(record.toString());
  }
}
