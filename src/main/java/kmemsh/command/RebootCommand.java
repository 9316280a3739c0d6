package kmemsh.command;

import kmemsh.machine.AddressOptions;
import kmemsh.machine.BadProfile;
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
    long mem = arguments.bytesOption("--mem", other || !now.isBuiltIn() ? 0 : now.memBytes());
    int cpus = arguments.option("--cpus", other ? 0 : now.nrCpus(), 1, Profiles.MAX_CPUS);
    int nodes = arguments.option("--nodes", other ? 0 : now.nrNodes(), 1, Profiles.MAX_NODES);
    String slab =
        arguments.hasOption("--slab") ? arguments.option("--slab") : other ? "" : now.slab();
    String debug = slubDebug(arguments, other || !slab.equals("slub") ? "" : now.slubDebug());
    boolean nomerge = arguments.hasOption("--slab_nomerge") || (!other && now.slabNomerge());
    boolean unsafe = arguments.hasOption("--unsafe") || (!other && now.unsafe());
    boolean unhashed =
        arguments.hasOption("--no_hash_pointers") || (!other && now.noHashPointers());
    boolean same = !other && now.i386();
    boolean pae = arguments.hasOption("--pae") || (same && now.pae() && !now.mustPae());
    session.reboot(
        profile(
            new MachineOptions(
                machine,
                machineText(machine),
                mem,
                cpus,
                nodes,
                slab,
                debug,
                nomerge,
                unsafe,
                pae,
                address(arguments, same ? now.address() : MachineOptions.OWN_ADDRESSES),
                unhashed)));
    return Reply.of(new MachineQueries(session.machine()).machineInfo());
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
