package kmemsh.machine;

/**
 * What a machine boots with beside its hardware and its object allocator.
 *
 * @param slubDebug {@code slub_debug=} as typed, empty when it was not
 * @param slabNomerge {@code slab_nomerge}
 * @param unsafe whether injuries are let through whose effect can be shown
 * @param noHashPointers {@code no_hash_pointers}
 * @param address i386: the split and the sizes of its regions
 */
public record BootOptions(
    String slubDebug,
    boolean slabNomerge,
    boolean unsafe,
    boolean noHashPointers,
    AddressOptions address) {

  /** Nothing was typed; for {@link MachineOptions} only. */
  public static final BootOptions NONE =
      new BootOptions("", false, false, false, AddressOptions.OWN);

  /** What a machine is without any of them. */
  public static final BootOptions STANDARD =
      new BootOptions("", false, false, false, AddressOptions.DEFAULT);

  public BootOptions withSlubDebug(String debug) {
    return new BootOptions(debug, slabNomerge, unsafe, noHashPointers, address);
  }

  public BootOptions withSlabNomerge(boolean nomerge) {
    return new BootOptions(slubDebug, nomerge, unsafe, noHashPointers, address);
  }

  public BootOptions withUnsafe(boolean injuries) {
    return new BootOptions(slubDebug, slabNomerge, injuries, noHashPointers, address);
  }

  public BootOptions withAddress(AddressOptions other) {
    return new BootOptions(slubDebug, slabNomerge, unsafe, noHashPointers, other);
  }
}
