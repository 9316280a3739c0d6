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
 * they are read in one go and without any directory; those that the first use of an object needs
 * are its second, taken when one of them is asked for. {@code src/launcher/Pack.java} makes both.
 * Where they are missing, and where a class-data archive holds the classes already, {@link Main}
 * runs without all this.
 *
 * <pre>
 *   local header of a zip file, with the size of the entry at 22 and of the name at 26
 *   name                    META-INF/kmemsh.pack
 *   size, class file        4 bytes, high byte first; superclasses before their subclasses
 *   size, class file        ...
 *   local header of META-INF/kmemsh.objects
 *   number of its classes, the hash codes of their names
 *   size, class file        ...
 *   an index and the jar with all classes: {@link JarContents}
 * </pre>
 */
public final class JarMain extends ClassLoader {
  /** The property that says that a class-data archive is in use. */
  static final String ARCHIVED = "kmemsh.archived";

  private static final String NAME = "META-INF/kmemsh.pack";
  private static final String OBJECTS = "META-INF/kmemsh.objects";
  private static final int HEADER_BYTES = 30;
  private static final int SIZE_AT = 22;

  /** A little more than the largest class. */
  private static final int BUFFER_BYTES = 1 << 14;

  private final String file;
  private final long endOfPack;

  /**
   * The hash codes of the names in the second pack: null until they are looked at, empty when its
   * classes are defined.
   */
  private int[] objects;

  private long endOfObjects;

  /** All classes and resources; made at the first one that is in neither pack. */
  private JarContents contents;

  private JarMain(String file, long endOfPack) {
    super(JarMain.class.getClassLoader());
    this.file = file;
    this.endOfPack = endOfPack;
  }

  /** Runs the program and ends the process with its status. */
  public static void main(String[] arguments) throws ReflectiveOperationException, IOException {
    JarMain loader = System.getProperty(ARCHIVED) == null ? open() : null;
    if (loader == null) {
      Main.main(arguments);
      return;
    }
    // The terminal library looks for its providers by it.
    Thread.currentThread().setContextClassLoader(loader);
    loader
        .loadClass("kmemsh.shell.Main", false)
        .getDeclaredMethod("main", String[].class)
        .invoke(null, (Object) arguments);
  }

  /** The loader of the jar, which has the classes of the pack; null where there is none. */
  private static JarMain open() throws IOException {
    String file = System.getProperty("java.class.path");
    try (InputStream in = new FileInputStream(file)) {
      byte[] buffer = new byte[BUFFER_BYTES];
      int end = in.read(buffer);
      int begin = HEADER_BYTES + NAME.length();
      boolean packed = end >= begin;
      for (int i = 0; packed && i < NAME.length(); i++) {
        packed = buffer[HEADER_BYTES + i] == NAME.charAt(i);
      }
      if (!packed) {
        return null;
      }
      int size = Integer.reverseBytes(number(buffer, SIZE_AT));
      JarMain loader = new JarMain(file, begin + size);
      loader.define(in, size, buffer, begin, end);
      return loader;
    }
  }

  /**
   * Defines the classes of the pack. They pass through a small buffer: each page of memory that is
   * touched for the first time costs as much as reading it.
   *
   * @param size bytes of the pack; {@code first[begin..end-1]} are the first of them, or more
   */
  private void define(InputStream in, int size, byte[] first, int begin, int end)
      throws IOException {
    byte[] buffer = first;
    int at = begin;
    int have = Math.min(end, begin + size);
    int left = size - (have - begin);
    while (left > 0 || at < have) {
      int needed = have - at < 4 ? 4 : 4 + number(buffer, at);
      if (have - at < needed) {
        byte[] from = buffer;
        buffer = needed > from.length ? new byte[needed] : from;
        System.arraycopy(from, at, buffer, 0, have - at);
        have -= at;
        at = 0;
        int count = in.read(buffer, have, Math.min(left, buffer.length - have));
        if (count <= 0) {
          throw new IOException(file + " ends too early");
        }
        have += count;
        left -= count;
      } else {
        defineClass(null, buffer, at + 4, needed - 4);
        at += needed;
      }
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
      return ofJava(name);
    }
    Class<?> loaded = findLoadedClass(name);
    if (loaded != null) {
      return loaded;
    }
    if (isObjects(name)) {
      useObjects(true);
      loaded = findLoadedClass(name);
      if (loaded != null) {
        return loaded;
      }
    }
    byte[] bytes = bytes(name.replace('.', '/') + ".class");
    return bytes == null ? getParent().loadClass(name) : defineClass(name, bytes, 0, bytes.length);
  }

  private boolean isObjects(String name) {
    if (objects == null) {
      useObjects(false);
    }
    int hash = name.hashCode();
    for (int each : objects) {
      if (each == hash) {
        return true;
      }
    }
    return false;
  }

  /** Reads which classes are in the second pack, or defines them all. */
  private void useObjects(boolean all) {
    try (InputStream in = new FileInputStream(file)) {
      in.skipNBytes(endOfPack);
      byte[] buffer = new byte[BUFFER_BYTES];
      int end = in.read(buffer);
      int begin = HEADER_BYTES + OBJECTS.length();
      int size = Integer.reverseBytes(number(buffer, SIZE_AT));
      int nr = all ? 0 : number(buffer, begin);
      objects = new int[nr];
      for (int i = 0; i < nr; i++) {
        objects[i] = number(buffer, begin + 4 + 4 * i);
      }
      endOfObjects = endOfPack + begin + size;
      if (all) {
        int names = 4 + 4 * number(buffer, begin);
        define(in, size - names, buffer, begin + names, end);
      }
    } catch (IOException unreadable) {
      throw new LinkageError(file + " cannot be read any more", unreadable);
    }
  }

  /** A class of Java: nearly all are the first loader's, and it need not be asked by way of two. */
  private Class<?> ofJava(String name) throws ClassNotFoundException {
    try {
      return Class.forName(name, false, null);
    } catch (ClassNotFoundException otherLoader) {
      return getParent().loadClass(name);
    }
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
        if (objects == null) {
          useObjects(false);
        }
        contents = new JarContents(file, endOfObjects);
      }
      return contents.bytes(path);
    } catch (IOException unreadable) {
      throw new LinkageError(file + " cannot be read any more", unreadable);
    }
  }
}
