package kmemsh.machine;

/**
 * What a user says about a machine; what is left out comes from the machine named.
 *
 * @param machine i386, x86_64 or the path of a machine file; empty for i386
 * @param fileText the text of the machine file, or empty
 * @param memBytes RAM in bytes, or 0
 * @param cpus 1 to 8, or 0
 * @param nodes 1 to 4, or 0
 * @param slab slab, slub or slob, or empty
 * @param pae i386 with HIGHMEM64G
 * @param boot what it boots with; {@link AddressOptions#OWN} for the machine's own address space
 */
public record MachineOptions(
    String machine,
    String fileText,
    long memBytes,
    int cpus,
    int nodes,
    String slab,
    boolean pae,
    BootOptions boot) {

  public static final MachineOptions DEFAULT = new MachineOptions("", "", 0, 0, 0, "");

  /** Without boot options. */
  public MachineOptions(
      String machine, String fileText, long memBytes, int cpus, int nodes, String slab) {
    this(machine, fileText, memBytes, cpus, nodes, slab, false, BootOptions.NONE);
  }

  public MachineOptions with(BootOptions options) {
    return new MachineOptions(machine, fileText, memBytes, cpus, nodes, slab, pae, options);
  }

  /** With another object allocator; slub_debug stays with SLUB only. */
  public MachineOptions withSlab(String kind) {
    BootOptions options = kind.equals("slub") ? boot : boot.withSlubDebug("");
    return new MachineOptions(machine, fileText, memBytes, cpus, nodes, kind, pae, options);
  }

  public MachineOptions withCpus(int nrCpus, int nrNodes) {
    return new MachineOptions(machine, fileText, memBytes, nrCpus, nrNodes, slab, pae, boot);
  }
}
