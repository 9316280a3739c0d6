package kmemsh.proc;

import kmemsh.view.IoResource;
import kmemsh.view.ProcSnapshots;

/**
 * /proc/iomem: what lies at which physical address, as root sees it.
 *
 * <p>Spec: proc-and-user.md 3
 */
final class IomemFile implements ProcFile {
  private static final int DIGITS = 8;

  @Override
  public String path() {
    return "/proc/iomem";
  }

  @Override
  public String text(ProcSnapshots machine) {
    ProcText out = new ProcText();
    for (IoResource resource : machine.iomem()) {
      out.add("  ".repeat(resource.level()));
      out.add(hex(resource.start())).add("-").add(hex(resource.last()));
      out.add(" : ").add(resource.name()).line();
    }
    return out.toString();
  }

  private static String hex(long address) {
    String digits = Long.toHexString(address);
    return "0".repeat(Math.max(0, DIGITS - digits.length())) + digits;
  }
}
