package kmemsh.view;

import java.util.List;

/** Files of the simulated /proc, one after the other. */
public record FileTexts(List<File> files) {
  /** One file; {@code text} is its whole content, as the kernel would give it. */
  public record File(String path, String text) {}
}
