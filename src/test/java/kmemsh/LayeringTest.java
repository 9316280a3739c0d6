package kmemsh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * A package may import the packages named beside it, all of which stand further up in the table; so
 * there is no cycle.
 */
class LayeringTest {
  private static final String TABLE =
      """
      base
      text
      trace       base
      view
      mm.page     base trace view
      mm.slab     base trace view mm.page
      mm.vmalloc  base trace view mm.page mm.slab
      mm.highmem  base trace view mm.page mm.vmalloc
      mm.vma      base trace view mm.page mm.slab mm.vmalloc
      machine     base trace view mm.page mm.slab mm.vmalloc mm.highmem mm.vma
      op          base view machine
      session     machine op trace view
      capture     base view
      proc        view
      explain     text trace view
      render      base text view
      replay      capture machine op trace view proc
      learn       op session text view
      lang        base view
      command     base text trace view machine op session capture proc explain render replay learn lang
      shell       command lang session machine render text
      """;

  private static final Path ROOT = Path.of("src/main/java/kmemsh");

  private static final Pattern USE =
      Pattern.compile("(?<![\\w.\"])(?:static )?kmemsh\\.([a-z.]+)\\.[A-Z]");

  @Test
  void everyImportIsInTheTable() throws IOException {
    Map<String, List<String>> mayImport = readTable();
    Set<String> wrong = new TreeSet<>();
    for (Path source : sources()) {
      String from = packageOf(source);
      Matcher uses = USE.matcher(withoutComments(source));
      while (uses.find()) {
        String to = uses.group(1);
        if (!to.equals(from) && !mayImport.getOrDefault(from, List.of()).contains(to)) {
          wrong.add(ROOT.relativize(source) + " uses " + to);
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void everyPackageIsInTheTable() throws IOException {
    Map<String, List<String>> mayImport = readTable();
    Set<String> found = new TreeSet<>();
    for (Path source : sources()) {
      found.add(packageOf(source));
    }
    assertThat(mayImport.keySet()).containsAll(found);
  }

  @Test
  void theTerminalLibraryStaysInTheShell() throws IOException {
    assertThat(packagesThatUse("org.jline.")).isSubsetOf("shell");
  }

  @Test
  void theOptionLibraryStaysInCommandAndShell() throws IOException {
    assertThat(packagesThatUse("picocli.")).isSubsetOf("command", "shell");
  }

  private static Set<String> packagesThatUse(String library) throws IOException {
    Set<String> packages = new TreeSet<>();
    for (Path source : sources()) {
      if (Files.readString(source).contains("import " + library)
          || Files.readString(source).contains("import static " + library)) {
        packages.add(packageOf(source));
      }
    }
    return packages;
  }

  private static String withoutComments(Path source) throws IOException {
    String text = Files.readString(source);
    return text.replaceAll("(?s)/\\*.*?\\*/", "").replaceAll("(?m)^package .*$|//.*$", "");
  }

  private static String packageOf(Path source) {
    return ROOT.relativize(source.getParent()).toString().replace('/', '.');
  }

  private static List<Path> sources() throws IOException {
    try (Stream<Path> files = Files.walk(ROOT)) {
      return files.filter(f -> f.toString().endsWith(".java")).toList();
    }
  }

  private static Map<String, List<String>> readTable() {
    Map<String, List<String>> mayImport = new LinkedHashMap<>();
    for (String row : TABLE.strip().split("\n")) {
      List<String> names = List.of(row.trim().split(" +"));
      List<String> targets = names.subList(1, names.size());
      assertThat(mayImport.keySet()).as(row).containsAll(targets);
      mayImport.put(names.get(0), targets);
    }
    return mayImport;
  }
}
