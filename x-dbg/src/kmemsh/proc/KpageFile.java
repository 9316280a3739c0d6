package kmemsh.proc;

import java.io.IOException;
import java.io.OutputStream;
import kmemsh.view.ProcSnapshots;

/**
 * /proc/kpageflags and /proc/kpagecount: eight bytes a page frame, the lowest first. No page is
 * mapped by a process, so all of kpagecount is 0.
 *
 * <p>Spec: proc-and-user.md 4
 */
final class KpageFile implements ProcFile {
  private static final int ENTRY = 8;
  private static final int BUFFER = 1 << 16;

  private final String name;
  private final boolean flags;

  KpageFile(String name, boolean flags) {
    this.name = name;
    this.flags = flags;
  }

  @Override
  public String path() {
    return "/proc/" + name;
  }

  @Override
  public String text(ProcSnapshots machine) {
    return "";
  }

  @Override
  public boolean binary() {
    return true;
  }

  @Override
  public void copy(ProcSnapshots machine, OutputStream out) throws IOException {
    Entries entries = new Entries(out);
    if (flags) {
      machine.pages(entries::add);
    } else {
      entries.add(machine.nrPageEntries(), 0);
    }
    entries.flush();
  }

  /** A buffer of entries. */
  private static final class Entries {
    private final OutputStream out;
    private final byte[] buffer = new byte[BUFFER];
    private int filled;

    Entries(OutputStream out) {
      this.out = out;
    }

    void add(long nr, long value) throws IOException {
      for (long i = 0; i < nr; i++) {
        if (filled == BUFFER) {
          flush();
        }
        for (int b = 0; b < ENTRY; b++) {
          buffer[filled++] = (byte) (value >>> (8 * b));
        }
      }
    }

    void flush() throws IOException {
      out.write(buffer, 0, filled);
      filled = 0;
    }
  }
}
