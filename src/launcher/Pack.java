import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * {@code java Pack.java JAR SCRIPT OBJECTS FLAT}: moves everything in the jar into a jar inside it,
 * FLAT, puts an index of that in front of it, and in front of both the classes that SCRIPT needs
 * and those that OBJECTS, another script, needs beside them: {@code kmemsh.shell.JarMain} takes
 * them. The outer jar is stored, not compressed, so that Java need not set up what unpacks. Entries
 * for directories are left out: each entry of a jar costs time at every start.
 */
final class Pack {
  private static final String PACK = "META-INF/kmemsh.pack";
  private static final String OBJECTS = "META-INF/kmemsh.objects";
  private static final String INDEX = "META-INF/kmemsh.index";
  private static final String FLAT = "META-INF/kmemsh-all.jar";
  private static final int END_RECORD = 22;
  private static final int DIRECTORY_HEADER = 46;
  private static final String LOADED = " source: file:";

  private Pack() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path jar = Path.of(arguments[0]);
    Path flat = Path.of(arguments[3]);
    Path next = jar.resolveSibling(jar.getFileName() + ".new");
    try (ZipFile file = new ZipFile(jar.toFile())) {
      Map<String, byte[]> classes = classes(file, jar, arguments[1]);
      Map<String, byte[]> objects = classes(file, jar, arguments[2]);
      objects.keySet().removeAll(classes.keySet());
      long time = file.entries().nextElement().getTime();
      try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(flat))) {
        copy(file, out);
      }
      try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(next))) {
        store(out, PACK, time, pack(classes));
        store(out, OBJECTS, time, named(objects));
        byte[] all = Files.readAllBytes(flat);
        store(out, INDEX, time, index(all));
        store(out, FLAT, time, all);
        for (ZipEntry entry : file.stream().toList()) {
          if (isOutside(entry.getName())) {
            store(out, entry.getName(), time, bytes(file, entry));
          }
        }
      }
    }
    Files.move(next, jar, StandardCopyOption.REPLACE_EXISTING);
  }

  /** The classes of the program that {@code script} loads, superclasses before their subclasses. */
  private static Map<String, byte[]> classes(ZipFile file, Path jar, String script)
      throws IOException, InterruptedException {
    Map<String, byte[]> classes = new LinkedHashMap<>();
    for (String line : run(jar, script).split("\n")) {
      int end = line.indexOf(LOADED);
      String name = end < 0 ? "" : line.substring(line.lastIndexOf(' ', end - 1) + 1, end);
      ZipEntry entry = file.getEntry(name.replace('.', '/') + ".class");
      if (name.startsWith("kmemsh.") && entry != null) {
        classes.put(name, bytes(file, entry));
      }
    }
    if (classes.isEmpty()) {
      throw new IOException(script + " loads no class of " + jar);
    }
    return classes;
  }

  /** A pack behind the hash codes of the names in it. */
  private static byte[] named(Map<String, byte[]> classes) {
    byte[] pack = pack(classes);
    ByteBuffer named = ByteBuffer.allocate((1 + classes.size()) * Integer.BYTES + pack.length);
    named.putInt(classes.size());
    for (String name : classes.keySet()) {
      named.putInt(name.hashCode());
    }
    return named.put(pack).array();
  }

  /** Whether the outer jar has the file as well: what Java and lawyers look for. */
  private static boolean isOutside(String name) {
    boolean text =
        name.startsWith("META-INF/")
            && !name.startsWith("META-INF/services/")
            && !name.endsWith("/");
    return text || name.startsWith("kmemsh/shell/Jar");
  }

  /** What Java says about the classes it loads when it runs {@code script}. */
  private static String run(Path jar, String script) throws IOException, InterruptedException {
    Process java =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xlog:class+load",
                "-cp",
                jar.toString(),
                "kmemsh.shell.Main",
                script)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String said = new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (java.waitFor() != 0) {
      throw new IOException(script + " failed");
    }
    return said;
  }

  private static byte[] pack(Map<String, byte[]> classes) {
    ByteArrayOutputStream pack = new ByteArrayOutputStream();
    for (byte[] bytes : classes.values()) {
      pack.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
      pack.writeBytes(bytes);
    }
    return pack.toByteArray();
  }

  /**
   * For each file of a jar, in the order of the hash codes of their paths, that code and where its
   * entry in the directory begins.
   */
  private static byte[] index(byte[] jar) {
    ByteBuffer in = ByteBuffer.wrap(jar).order(ByteOrder.LITTLE_ENDIAN);
    int end = jar.length - END_RECORD;
    List<int[]> rows = new ArrayList<>();
    int at = in.getInt(end + 16);
    while (at < end) {
      int length = in.getShort(at + 28);
      String path = new String(jar, at + DIRECTORY_HEADER, length, StandardCharsets.UTF_8);
      rows.add(new int[] {path.hashCode(), at});
      at += DIRECTORY_HEADER + length + in.getShort(at + 30) + in.getShort(at + 32);
    }
    rows.sort(Comparator.comparingInt(row -> row[0]));
    ByteBuffer index = ByteBuffer.allocate(rows.size() * 2 * Integer.BYTES);
    for (int[] row : rows) {
      index.order(ByteOrder.LITTLE_ENDIAN).putInt(row[0]).putInt(row[1]);
    }
    return index.array();
  }

  private static void store(ZipOutputStream out, String name, long time, byte[] bytes)
      throws IOException {
    ZipEntry stored = new ZipEntry(name);
    stored.setTime(time);
    stored.setMethod(ZipEntry.STORED);
    stored.setSize(bytes.length);
    CRC32 crc = new CRC32();
    crc.update(bytes);
    stored.setCrc(crc.getValue());
    write(out, stored, bytes);
  }

  /** Writes the files of the jar. */
  private static void copy(ZipFile file, ZipOutputStream out) throws IOException {
    for (ZipEntry entry : file.stream().toList()) {
      if (!entry.isDirectory()) {
        ZipEntry copied = new ZipEntry(entry.getName());
        copied.setTime(entry.getTime());
        write(out, copied, bytes(file, entry));
      }
    }
  }

  private static void write(ZipOutputStream out, ZipEntry entry, byte[] bytes) throws IOException {
    out.putNextEntry(entry);
    out.write(bytes);
    out.closeEntry();
  }

  private static byte[] bytes(ZipFile file, ZipEntry entry) throws IOException {
    try (InputStream in = file.getInputStream(entry)) {
      return in.readAllBytes();
    }
  }
}
