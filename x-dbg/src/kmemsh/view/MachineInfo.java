package kmemsh.view;

import java.util.List;

/**
 * The hardware and the kernel.
 *
 * @param name what the user called it
 * @param arch i386 or x86_64
 * @param memBytes RAM, in bytes
 * @param nrCpus CPUs
 * @param nrNodes NUMA nodes
 * @param pageOffset start of the linear map
 * @param endOfLowmem frame behind the last that the linear map reaches
 * @param slab the object allocator
 * @param pageblockOrder order of a pageblock
 * @param kernelOptions build options that change what the page allocator does
 * @param ram usable RAM as firmware reports it, trimmed to whole pages
 * @param reserved what the kernel kept for itself at boot
 * @param zones populated zones
 * @param contexts CPUs that do anything but run a process
 * @param options what makes this machine again, as typed after {@code reboot}
 */
public record MachineInfo(
    String name,
    String arch,
    long memBytes,
    int nrCpus,
    int nrNodes,
    Addr pageOffset,
    int endOfLowmem,
    String slab,
    int pageblockOrder,
    List<String> kernelOptions,
    List<Range> ram,
    List<Range> reserved,
    List<MemMap.Span> zones,
    List<String> contexts,
    String options) {

  /**
   * Physical memory.
   *
   * @param start first byte
   * @param end byte behind the last
   * @param nid its node, or -1 where there is one node
   * @param use what for, or empty
   */
  public record Range(Addr start, Addr end, int nid, String use) {}
}
