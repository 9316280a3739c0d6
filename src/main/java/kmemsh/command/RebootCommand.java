package kmemsh.command;

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
            .option("--slab", "KIND", ArgKind.NAME, "", "slab, slub or slob"));
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
    session.reboot(profile(machine, mem, cpus, nodes, slab));
    return Reply.of(new MachineQueries(session.machine()).machineInfo());
  }

  private static Profile profile(String machine, long mem, int cpus, int nodes, String slab) {
    try {
      return Profiles.make(
          new MachineOptions(machine, MachineTexts.read(machine), mem, cpus, nodes, slab));
    } catch (BadProfile bad) {
      throw new Refused(bad.getMessage());
    }
  }
}
