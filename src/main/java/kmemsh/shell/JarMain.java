package kmemsh.shell;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * The start of {@code java -jar kmemsh.jar}: runs {@link Main} with the classes that every script
 * needs taken from one place of the jar, because looking each of them up there takes Java longer
 * than all that a short script does.
 *
 * <p>They are the first entry of the jar, stored without compression, so that it is read without
 * the jar's directory. {@code src/launcher/Pack.java} makes it. Where it is missing, and where a
 * class-data archive holds the classes already, {@link Main} runs without it.
 *
 * <pre>
 *   local header of a zip file, with the size of the entry at 22 and of the name at 26
 *   name                    META-INF/kmemsh.pack
 *   size, class file        4 bytes, high byte first; superclasses before their subclasses
 *   size, class file        ...
 * </pre>
 */
public final class JarMain extends ClassLoader {
  /** The property that says that a class-data archive is in use. */
  static final String ARCHIVED = "kmemsh.archived";

  private static final String OURS = "kmemsh.";
  private static final String NAME = "META-INF/kmemsh.pack";
  private static final int HEADER_BYTES = 30;
  private static final int SIZE_AT = 22;

  private JarMain() {
    super(JarMain.class.getClassLoader());
  }

  /** Runs the program and ends the process with its status. */
  public static void main(String[] arguments) throws ReflectiveOperationException, IOException {
    byte[] pack = System.getProperty(ARCHIVED) == null ? read() : null;
    if (pack == null) {
      Main.main(arguments);
      return;
    }
    JarMain loader = new JarMain();
    int at = 0;
    while (at < pack.length) {
      int size = number(pack, at);
      loader.defineClass(null, pack, at + 4, size);
      at += 4 + size;
    }
    loader
        .loadClass("kmemsh.shell.Main", false)
        .getDeclaredMethod("main", String[].class)
        .invoke(null, (Object) arguments);
  }

  /** The pack, or null. */
  private static byte[] read() throws IOException {
    try (InputStream in = new FileInputStream(System.getProperty("java.class.path"))) {
      byte[] head = in.readNBytes(HEADER_BYTES + NAME.length());
      boolean packed = head.length == HEADER_BYTES + NAME.length();
      for (int i = 0; packed && i < NAME.length(); i++) {
        packed = head[HEADER_BYTES + i] == NAME.charAt(i);
      }
      return !packed ? null : in.readNBytes(Integer.reverseBytes(number(head, SIZE_AT)));
    }
  }

  private static int number(byte[] bytes, int at) {
    return bytes[at] << 24
        | (bytes[at + 1] & 0xff) << 16
        | (bytes[at + 2] & 0xff) << 8
        | (bytes[at + 3] & 0xff);
  }

  /** Our own classes come from here, so that each package has one loader; all others from Java. */
  @Override
  protected synchronized Class<?> loadClass(String name, boolean resolve)
      throws ClassNotFoundException {
    if (!name.startsWith(OURS)) {
      return getParent().loadClass(name);
    }
    Class<?> loaded = findLoadedClass(name);
    return loaded == null ? findClass(name) : loaded;
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
      if (in == null) {
        throw new ClassNotFoundException(name);
      }
      byte[] bytes = in.readAllBytes();
      return defineClass(name, bytes, 0, bytes.length);
    } catch (IOException unreadable) {
      throw new ClassNotFoundException(name, unreadable);
    }
  }
}
