package kmemsh.shell;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;

/** A file of the jar inside the jar, as the address by which Java hands resources out. */
final class JarResource extends URLStreamHandler {
  private final byte[] bytes;

  private JarResource(byte[] bytes) {
    this.bytes = bytes;
  }

  static URL url(String path, byte[] bytes) {
    try {
      return new URL("kmemsh", "", -1, "/" + path, new JarResource(bytes));
    } catch (MalformedURLException impossible) {
      throw new IllegalArgumentException(path, impossible);
    }
  }

  @Override
  protected URLConnection openConnection(URL url) {
    return new Opened(url, bytes);
  }

  private static final class Opened extends URLConnection {
    private final byte[] bytes;

    Opened(URL url, byte[] bytes) {
      super(url);
      this.bytes = bytes;
    }

    @Override
    public void connect() {
      connected = true;
    }

    @Override
    public InputStream getInputStream() {
      return new ByteArrayInputStream(bytes);
    }
  }
}
