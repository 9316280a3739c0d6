package kmemsh.shell;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;

/**
 * The start of {@code java -jar kmemsh.jar}: runs {@link Main} from a jar inside the jar. Java
 * reads the whole directory of a jar before it runs anything, which for one with all classes takes
 * longer than all that a short script does; so the outer jar has a handful of entries.
 *
 * <p>The classes that every script needs are its first entry, stored without compression, so that
 * they are read in one go and without any directory. {@code src/launcher/Pack.java} makes it. Where
 * it is missing, and where a class-data archive holds the classes already, {@link Main} runs
 * without all this.
 *
 * <pre>
 *   local header of a zip file, with the size of the entry at 22 and of the name at 26
 *   name                    META-INF/kmemsh.pack
 *   size, class file        4 bytes, high byte first; superclasses before their subclasses
 *   size, class file        ...
 *   local header of a zip file, and the jar with all classes: {@link JarContents}
 * </pre>
 */
public final class JarMain extends ClassLoader {
  /** The property that says that a class-data archive is in use. */
  static final String ARCHIVED = "kmemsh.archived";

  private static final String NAME = "META-INF/kmemsh.pack";
  private static final int HEADER_BYTES = 30;
  private static final int SIZE_AT = 22;

  private final String file;
  private final long endOfPack;

  /** All classes and resources; made at the first one that is not in the pack. */
  private JarContents contents;

  private JarMain(String file, long endOfPack) {
    super(JarMain.class.getClassLoader());
    this.file = file;
    this.endOfPack = endOfPack;
  }

  /** Runs the program and ends the process with its status. */
  public static void main(String[] arguments) throws ReflectiveOperationException, IOException {
    String file = System.getProperty("java.class.path");
    byte[] pack = System.getProperty(ARCHIVED) == null ? read(file) : null;
    if (pack == null) {
      Main.main(arguments);
      return;
    }
    JarMain loader = new JarMain(file, HEADER_BYTES + NAME.length() + pack.length);
    int at = 0;
    while (at < pack.length) {
      int size = number(pack, at);
      loader.defineClass(null, pack, at + 4, size);
      at += 4 + size;
    }
    // The terminal library looks for its providers by it.
    Thread.currentThread().setContextClassLoader(loader);
    loader
        .loadClass("kmemsh.shell.Main", false)
        .getDeclaredMethod("main", String[].class)
        .invoke(null, (Object) arguments);
  }

  /** The pack, or null. */
  private static byte[] read(String file) throws IOException {
    try (InputStream in = new FileInputStream(file)) {
      byte[] head = in.readNBytes(HEADER_BYTES + NAME.length());
      boolean packed = head.length == HEADER_BYTES + NAME.length();
      for (int i = 0; packed && i < NAME.length(); i++) {
        packed = head[HEADER_BYTES + i] == NAME.charAt(i);
      }
      if (!packed) {
        return null;
      }
      byte[] pack = new byte[Integer.reverseBytes(number(head, SIZE_AT))];
      in.readNBytes(pack, 0, pack.length);
      return pack;
    }
  }

  private static int number(byte[] bytes, int at) {
    return bytes[at] << 24
        | (bytes[at + 1] & 0xff) << 16
        | (bytes[at + 2] & 0xff) << 8
        | (bytes[at + 3] & 0xff);
  }

  /**
   * What the jar holds comes from here, so that each package has one loader; the rest from Java.
   */
  @Override
  protected synchronized Class<?> loadClass(String name, boolean resolve)
      throws ClassNotFoundException {
    if (name.startsWith("java")) {
      return getParent().loadClass(name);
    }
    Class<?> loaded = findLoadedClass(name);
    if (loaded != null) {
      return loaded;
    }
    byte[] bytes = bytes(name.replace('.', '/') + ".class");
    return bytes == null ? getParent().loadClass(name) : defineClass(name, bytes, 0, bytes.length);
  }

  @Override
  protected URL findResource(String name) {
    byte[] bytes = bytes(name);
    return bytes == null ? null : JarResource.url(name, bytes);
  }

  @Override
  protected Enumeration<URL> findResources(String name) {
    URL url = findResource(name);
    return Collections.enumeration(url == null ? List.of() : List.of(url));
  }

  /** The file of the inner jar with that path, or null. */
  private synchronized byte[] bytes(String path) {
    try {
      if (contents == null) {
        contents = new JarContents(file, endOfPack);
      }
      return contents.bytes(path);
    } catch (IOException unreadable) {
      throw new LinkageError(file + " cannot be read any more", unreadable);
    }
  }
}
