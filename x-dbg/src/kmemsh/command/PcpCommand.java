package kmemsh.command;

/** {@code pcp [ZONE] [CPU]}: the per-CPU lists. */
final class PcpCommand extends LookCommand {
  private static final String ALL = "--all";

  PcpCommand() {
    super(
        new Usage("pcp", CommandTable.LOOKING, "List the pages that each CPU keeps to itself")
            .optional("ZONE", ArgKind.ZONE, "all zones", "one zone")
            .optional("CPU", ArgKind.CPU, "all CPUs", "one CPU")
            .flag(ALL, "show every page of long lists"));
  }

  @Override
  public Reply run(Arguments arguments) {
    int nrCpus = arguments.session().machine().profile().nrCpus();
    int cpu = arguments.has(1) ? arguments.inRange(1, 0, nrCpus - 1) : -1;
    boolean all = arguments.hasOption(ALL);
    return Reply.of(machine(arguments).pages().pcp(zone(arguments, 0), cpu, all));
  }
}
