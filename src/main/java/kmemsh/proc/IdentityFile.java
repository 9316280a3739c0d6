package kmemsh.proc;

import kmemsh.view.KernelIdentity;
import kmemsh.view.ProcSnapshots;

/** /proc/version, /proc/cmdline and, in brief, /proc/cpuinfo: which kernel this is, on what. */
final class IdentityFile implements ProcFile {
  static final String RELEASE = "6.1.192";

  private static final int VERSION = 0;
  private static final int CMDLINE = 1;
  private static final int CPUINFO = 2;

  private final String name;
  private final int kind;

  private IdentityFile(String name, int kind) {
    this.name = name;
    this.kind = kind;
  }

  static ProcFile version() {
    return new IdentityFile("version", VERSION);
  }

  static ProcFile cmdline() {
    return new IdentityFile("cmdline", CMDLINE);
  }

  static ProcFile cpuinfo() {
    return new IdentityFile("cpuinfo", CPUINFO);
  }

  @Override
  public String path() {
    return "/proc/" + name;
  }

  @Override
  public String text(ProcSnapshots machine) {
    KernelIdentity kernel = machine.identity();
    return switch (kind) {
      case VERSION ->
          "Linux version "
              + RELEASE
              + " (kmemsh@kmemsh) (model) #1"
              + (kernel.smp() ? " SMP" : "")
              + "\n";
      case CMDLINE -> "console=ttyS0" + kernel.bootOptions() + "\n";
      default -> cpuinfo(kernel);
    };
  }

  private static String cpuinfo(KernelIdentity kernel) {
    ProcText out = new ProcText();
    for (int cpu = 0; cpu < kernel.nrCpus(); cpu++) {
      out.add("processor\t: ").add(cpu).line();
      out.add("vendor_id\t: kmemsh\n");
      out.add("model name\t: simulated ").add(kernel.i386() ? "i386" : "x86_64").line();
      out.add("flags\t\t: ").add(flags(kernel)).line();
      out.add("address sizes\t: ").add(kernel.physBits()).add(" bits physical, ");
      out.add(kernel.i386() ? 32 : 48).add(" bits virtual\n");
      out.line();
    }
    return out.toString();
  }

  /** What of a CPU decides how page tables look. */
  private static String flags(KernelIdentity kernel) {
    if (!kernel.i386()) {
      return "pse pae pge lm";
    }
    return kernel.pae() ? "pse pae pge" : "pse pge";
  }
}
