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
 * @param slubDebug {@code slub_debug=}, or empty for none
 * @param slabNomerge {@code slab_nomerge}
 * @param unsafe whether injuries are let through whose effect can be shown
 * @param pae i386 with HIGHMEM64G
 * @param address split and sizes of i386; an empty split is the machine's own
 * @param noHashPointers {@code no_hash_pointers}
 */
public record MachineOptions(
    String machine,
    String fileText,
    long memBytes,
    int cpus,
    int nodes,
    String slab,
    String slubDebug,
    boolean slabNomerge,
    boolean unsafe,
    boolean pae,
    AddressOptions address,
    boolean noHashPointers) {

  /** The machine's own address space. */
  public static final AddressOptions OWN_ADDRESSES =
      new AddressOptions("", 0, AddressOptions.NOT_GIVEN);

  /** With the machine's own address space. */
  public MachineOptions(
      String machine,
      String fileText,
      long memBytes,
      int cpus,
      int nodes,
      String slab,
      String slubDebug,
      boolean slabNomerge) {
    this(machine, fileText, memBytes, cpus, nodes, slab, slubDebug, slabNomerge, false);
  }

  /** With the machine's own address space, and perhaps unsafe. */
  public MachineOptions(
      String machine,
      String fileText,
      long memBytes,
      int cpus,
      int nodes,
      String slab,
      String slubDebug,
      boolean slabNomerge,
      boolean unsafe) {
    this(
        machine,
        fileText,
        memBytes,
        cpus,
        nodes,
        slab,
        slubDebug,
        slabNomerge,
        unsafe,
        false,
        OWN_ADDRESSES);
  }

  /** Pointers are printed hashed. */
  public MachineOptions(
      String machine,
      String fileText,
      long memBytes,
      int cpus,
      int nodes,
      String slab,
      String slubDebug,
      boolean slabNomerge,
      boolean unsafe,
      boolean pae,
      AddressOptions address) {
    this(
        machine,
        fileText,
        memBytes,
        cpus,
        nodes,
        slab,
        slubDebug,
        slabNomerge,
        unsafe,
        pae,
        address,
        false);
  }

  /** Without boot options of the object allocator. */
  public MachineOptions(
      String machine, String fileText, long memBytes, int cpus, int nodes, String slab) {
    this(machine, fileText, memBytes, cpus, nodes, slab, "", false, false);
  }

  public static final MachineOptions DEFAULT = new MachineOptions("", "", 0, 0, 0, "");
}
