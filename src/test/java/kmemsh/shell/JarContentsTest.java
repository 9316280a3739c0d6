package kmemsh.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JarContentsTest {
  private static final int FIRST_ENTRY = 30 + "first".length() + 3;

  @TempDir Path directory;
  private final byte[] text = "alloc_pages 3\n".repeat(1000).getBytes(StandardCharsets.UTF_8);
  private final byte[] noise = new byte[70_000];
  private JarContents contents;

  /*
   *   first  |  inner.jar: a/Text.txt (packed)  b/noise (stored)  |  last
   */
  @BeforeEach
  void makeAJarInAJar() throws IOException {
    new SplittableRandom(3).nextBytes(noise);
    ByteArrayOutputStream inner = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(inner)) {
      zip.putNextEntry(new ZipEntry("a/Text.txt"));
      zip.write(text);
      store(zip, "b/noise", noise);
    }
    Path outer = directory.resolve("outer.jar");
    try (OutputStream out = Files.newOutputStream(outer);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      store(zip, "first", new byte[] {1, 2, 3});
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
