package kmemsh.command;

import kmemsh.machine.AddressOptions;
import kmemsh.machine.BadProfile;
import kmemsh.machine.BootOptions;
import kmemsh.machine.MachineOptions;
import kmemsh.machine.MachineQueries;
import kmemsh.machine.Profile;
import kmemsh.machine.Profiles;
import kmemsh.op.Refused;
import kmemsh.session.Session;

/**
 * {@code reboot [options]}: boots other hardware. What is left out stays as it is, unless another
 * machine is named.
 */
final class RebootCommand extends Command {
  RebootCommand() {
    super(
        new Usage("reboot", CommandTable.MACHINE, "Boot other hardware, or the same again")
            .option("--machine", "NAME", ArgKind.FILE, "", "i386, x86_64 or a machine file")
            .option("--mem", "SIZE", ArgKind.BYTES, "", "RAM, such as 512M or 4G")
            .option("--cpus", "N", ArgKind.COUNT, "", "1 to 8")
            .option("--nodes", "N", ArgKind.COUNT, "", "NUMA nodes, 1 to 4")
            .option("--slab", "KIND", ArgKind.NAME, "", "slab, slub or slob")
            .option(
                "--slub_debug",
                "FLAGS",
                ArgKind.NAME,
                "",
                "of F Z P U T, then ,CACHE...; - for off")
            .flag("--slab_nomerge", "no cache is shared under several names")
            .flag("--unsafe", "let injuries through whose effect can be shown")
            .flag("--no_hash_pointers", "/proc/vmallocinfo shows addresses as they are")
            .option("--split", "SPLIT", ArgKind.NAME, "", "i386: 3G, 3G_OPT, 2G, 2G_OPT or 1G")
            .flag("--pae", "i386: three levels of page tables, up to 64G")
            .option("--vmalloc", "SIZE", ArgKind.BYTES, "", "i386: address space for vmalloc")
            .option("--highmem", "SIZE", ArgKind.BYTES, "", "i386: memory above low memory"));
  }

  @Override
  public Reply run(Arguments arguments) {
    Session session = arguments.session();
    Profile now = session.machine().profile();
    boolean other = arguments.hasOption("--machine");
    String machine = other ? arguments.option("--machine") : now.name();
    String text = machineText(machine);
    MachineOptions base = other ? new MachineOptions(machine, text, 0, 0, 0, "") : now.again(text);
    session.reboot(profile(options(arguments, base)));
    return Reply.of(new MachineQueries(session.machine()).machineInfo());
  }

  private static MachineOptions options(Arguments arguments, MachineOptions base) {
    String slab = arguments.hasOption("--slab") ? arguments.option("--slab") : base.slab();
    return new MachineOptions(
        base.machine(),
        base.fileText(),
        arguments.bytesOption("--mem", base.memBytes()),
        arguments.option("--cpus", base.cpus(), 1, Profiles.MAX_CPUS),
        arguments.option("--nodes", base.nodes(), 1, Profiles.MAX_NODES),
        slab,
        arguments.hasOption("--pae") || base.pae(),
        boot(arguments, base.withSlab(slab).boot()));
  }

  private static BootOptions boot(Arguments arguments, BootOptions base) {
    return new BootOptions(
        slubDebug(arguments, base.slubDebug()),
        arguments.hasOption("--slab_nomerge") || base.slabNomerge(),
        arguments.hasOption("--unsafe") || base.unsafe(),
        arguments.hasOption("--no_hash_pointers") || base.noHashPointers(),
        address(arguments, base.address()));
  }

  private static AddressOptions address(Arguments arguments, AddressOptions now) {
    return new AddressOptions(
        arguments.hasOption("--split") ? arguments.option("--split") : now.split(),
        arguments.bytesOption("--vmalloc", now.vmallocBytes()),
        arguments.hasOption("--highmem")
            ? arguments.bytesOption("--highmem", 0)
            : now.highmemBytes());
  }

  private static String slubDebug(Arguments arguments, String now) {
    if (!arguments.hasOption("--slub_debug")) {
      return now;
    }
    String asked = arguments.option("--slub_debug");
    return asked.isEmpty() ? "FZPU" : asked;
  }

  private static String machineText(String machine) {
    try {
      return MachineTexts.read(machine);
    } catch (BadProfile bad) {
      throw new Refused(bad.getMessage());
    }
  }

  private static Profile profile(MachineOptions options) {
    try {
      return Profiles.make(options);
    } catch (BadProfile bad) {
      throw new Refused(bad.getMessage());
    }
  }
}
