package kmemsh.shell;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JarContentsTest {
  private static final int FIRST_ENTRY = 30 + "first".length() + 3;
  private static final int DIRECTORY = 0x02014b50;

  @TempDir Path directory;
  private final byte[] text = "alloc_pages 3\n".repeat(1000).getBytes(StandardCharsets.UTF_8);
  private final byte[] noise = new byte[70_000];
  private JarContents contents;

  /*
   *   first  |  index  |  inner.jar: a/Text.txt (packed)  b/noise, b/Aa, b/BB (stored)  |  last
   *   The hash codes of b/Aa and b/BB are the same.
   */
  @BeforeEach
  void makeAJarInAJar() throws IOException {
    new SplittableRandom(3).nextBytes(noise);
    ByteArrayOutputStream inner = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(inner)) {
      zip.putNextEntry(new ZipEntry("a/Text.txt"));
      zip.write(text);
      store(zip, "b/noise", noise);
      store(zip, "b/Aa", new byte[] {4});
      store(zip, "b/BB", new byte[] {5});
    }
    Path outer = directory.resolve("outer.jar");
    try (OutputStream out = Files.newOutputStream(outer);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      store(zip, "first", new byte[] {1, 2, 3});
      store(zip, "index", index(inner.toByteArray()));
      store(zip, "inner.jar", inner.toByteArray());
      store(zip, "last", text);
    }
    contents = new JarContents(outer.toString(), FIRST_ENTRY);
  }

  private static void store(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
    ZipEntry entry = new ZipEntry(name);
    CRC32 crc = new CRC32();
    crc.update(bytes);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(bytes.length);
    entry.setCrc(crc.getValue());
    zip.putNextEntry(entry);
    zip.write(bytes);
    zip.closeEntry();
  }

  /** As the build makes it, for paths without special characters. */
  private static byte[] index(byte[] jar) {
    ByteBuffer in = ByteBuffer.wrap(jar).order(ByteOrder.LITTLE_ENDIAN);
    List<int[]> rows = new ArrayList<>();
    for (int at = in.getInt(jar.length - 6); in.getInt(at) == DIRECTORY; ) {
      int length = in.getShort(at + 28);
      rows.add(new int[] {new String(jar, at + 46, length, US_ASCII).hashCode(), at});
      at += 46 + length + in.getShort(at + 30) + in.getShort(at + 32);
    }
    rows.sort(Comparator.comparingInt(row -> row[0]));
    ByteBuffer index = ByteBuffer.allocate(8 * rows.size()).order(ByteOrder.LITTLE_ENDIAN);
    rows.forEach(row -> index.putInt(row[0]).putInt(row[1]));
    return index.array();
  }

  @Test
  void filesWhosePathsHaveTheSameHashCodeAreToldApart() throws IOException {
    assertThat("b/Aa".hashCode()).isEqualTo("b/BB".hashCode());
    assertThat(contents.bytes("b/Aa")).containsExactly(4);
    assertThat(contents.bytes("b/BB")).containsExactly(5);
    assertThat(contents.bytes("b/C#")).isNull();
  }

  @Test
  void filesOfTheInnerJarComeOutAsTheyWere() throws IOException {
    assertThat(contents.bytes("a/Text.txt")).isEqualTo(text);
    assertThat(contents.bytes("b/noise")).isEqualTo(noise);
  }

  @Test
  void whatIsOnlyInTheOuterJarIsNotThere() throws IOException {
    assertThat(contents.bytes("last")).isNull();
    assertThat(contents.bytes("a/text.txt")).isNull();
  }

  @Test
  void aResourceIsOpenedByItsAddress() throws IOException {
    assertThat(JarResource.url("b/noise", noise).openStream().readAllBytes()).isEqualTo(noise);
  }
}
