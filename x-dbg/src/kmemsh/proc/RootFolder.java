package kmemsh.proc;

import java.util.ArrayList;
import java.util.List;
import kmemsh.view.ProcSnapshots;

/** The files right under /proc. */
final class RootFolder extends ProcFolder {
  private static final String SLABINFO = "slabinfo";

  private static final List<String> NAMES =
      List.of(
          "buddyinfo",
          "cmdline",
          "cpuinfo",
          "iomem",
          "kpagecount",
          "kpageflags",
          "meminfo",
          "pagetypeinfo",
          SLABINFO,
          "version",
          "vmallocinfo",
          "vmstat",
          "zoneinfo");

  RootFolder() {
    super("/proc");
  }

  @Override
  List<String> names(ProcSnapshots machine) {
    if (!machine.allocator().equals("slob")) {
      return NAMES;
    }
    List<String> names = new ArrayList<>(NAMES);
    names.remove(SLABINFO);
    return names;
  }

  @Override
  ProcFile file(String name) {
    return switch (name) {
      case "buddyinfo" -> new BuddyinfoFile();
      case "cmdline" -> IdentityFile.cmdline();
      case "cpuinfo" -> IdentityFile.cpuinfo();
      case "iomem" -> new IomemFile();
      case "kpagecount" -> new KpageFile("kpagecount", false);
      case "kpageflags" -> new KpageFile("kpageflags", true);
      case "meminfo" -> new MeminfoFile();
      case "pagetypeinfo" -> new PagetypeinfoFile();
      case SLABINFO -> new SlabinfoFile();
      case "version" -> IdentityFile.version();
      case "vmallocinfo" -> new VmallocinfoFile();
      case "vmstat" -> new VmstatFile();
      case "zoneinfo" -> new ZoneinfoFile();
      default -> null;
    };
  }
}
