package kmemsh.replay;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.zip.GZIPInputStream;

/** The lines of a recording, to be changed and written as a new one. */
final class RecordingText {
  private final List<String> lines;

  private RecordingText(List<String> lines) {
    this.lines = lines;
  }

  /** The recording {@code name} of the test resources. */
  static RecordingText of(String name) throws IOException {
    String resource = "/recordings/" + name + ".rec.gz";
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(RecordingText.class.getResourceAsStream(resource)),
                StandardCharsets.US_ASCII))) {
      return new RecordingText(new ArrayList<>(in.lines().toList()));
    }
  }

  /** Index of the first line from {@code from} on that passes {@code wanted}. */
  int find(int from, Predicate<String> wanted) {
    for (int i = from; i < lines.size(); i++) {
      if (wanted.test(lines.get(i))) {
        return i;
      }
    }
    throw new IllegalArgumentException("no such line from " + from + " on");
  }

  int find(int from, String start) {
    return find(from, line -> line.startsWith(start));
  }

  String get(int index) {
    return lines.get(index);
  }

  void set(int index, String line) {
    lines.set(index, line);
  }

  void add(int index, String line) {
    lines.add(index, line);
  }

  /** Drops everything from {@code index} on and puts {@code ending} there. */
  void endWith(int index, List<String> ending) {
    lines.subList(index, lines.size()).clear();
    lines.addAll(ending);
  }

  Path write(Path dir) throws IOException {
    return Files.write(dir.resolve("changed.rec"), lines, StandardCharsets.US_ASCII);
  }
}
