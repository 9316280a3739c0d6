package kmemsh.capture;

import java.util.List;
import java.util.Map;

/**
 * The machine and the kernel a recording was made on: the lines between BOOT and the first section.
 * The maps hold the values as they are written.
 *
 * @param kernel release, arch, alloc, smp, numa, cpus, nodes, cma, compaction, isolation, pae, ...
 * @param machine page_size, max_order, pageblock_order, max_nr_zones, migrate_types, max_pfn, ...
 * @param layout addresses in hex: PAGE_OFFSET, VMALLOC_START, ...
 * @param slabConst limits and constants of the slab allocator
 * @param e820 the firmware's memory map, in its order
 * @param migratetypes names by the kernel's own value
 * @param cpuNode node of each CPU
 * @param zonelists in the order of the recording
 */
public record RecordedMachine(
    Map<String, String> kernel,
    Map<String, String> machine,
    Map<String, String> layout,
    Map<String, String> slabConst,
    List<E820> e820,
    List<String> migratetypes,
    List<Integer> cpuNode,
    List<Zonelist> zonelists) {

  /** A range of physical addresses in bytes; type 1 is usable RAM, 2 reserved. */
  public record E820(long addr, long sizeBytes, int type) {}

  /** A zonelist of a node: kind 0 with fallback to other nodes, kind 1 this node only. */
  public record Zonelist(int nid, int kind, int[] zones) {}

  /** {@code i386} or {@code x86_64}. */
  public String arch() {
    return kernel.getOrDefault("arch", "");
  }

  /** Whether the build option {@code name} of the KERNEL line is 1. */
  public boolean option(String name) {
    return "1".equals(kernel.get(name));
  }

  public int nrCpus() {
    return Math.max(1, cpuNode.size());
  }

  /** Nodes, from the CPUs and zonelists that name them; 1 in the earliest recordings. */
  public int nrNodes() {
    int last = 0;
    for (int nid : cpuNode) {
      last = Math.max(last, nid);
    }
    for (Zonelist zonelist : zonelists) {
      last = Math.max(last, zonelist.nid());
    }
    return last + 1;
  }

  /** A number of the MACHINE line; the reader has checked that it is one. */
  public int number(String name) {
    return Integer.parseInt(machine.get(name));
  }

  /** Frame number behind the last RAM page. */
  public int maxPfn() {
    return number("max_pfn");
  }

  public int maxNrZones() {
    return number("max_nr_zones");
  }

  public int pageblockOrder() {
    return number("pageblock_order");
  }
}
