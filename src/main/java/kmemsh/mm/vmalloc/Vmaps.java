package kmemsh.mm.vmalloc;

import kmemsh.base.LongRows;
import kmemsh.base.RangeTree;
import kmemsh.mm.slab.SlabAllocator;
import kmemsh.trace.VmallocStep;
import kmemsh.view.Gfp;

/**
 * Areas for pages that belong to someone else: vmap, ioremap, vm_map_ram.
 *
 * <p>Small requests of vm_map_ram are cut from blocks, of which each CPU has its own. Space in a
 * block is used once; the block goes when all of it was used and unmapped.
 *
 * <pre>
 *   blocks  AREA, FREE and DIRTY pages, NEXT of its CPU's list, CPU, OBJECT of the descriptor
 *   rams    tree of what vm_map_ram gave, by address; PAGES of each
 * </pre>
 *
 * <p>The number of an area in {@link VmapAreas} is minus its row here for a block, 0 for an area of
 * vm_map_ram. Spec: mappings.md 9, 10
 */
public final class Vmaps {
  private static final long PAGE_BYTES = Vmalloc.PAGE_BYTES;
  private static final int PAGE_SHIFT = Vmalloc.PAGE_SHIFT;
  private static final long RANGE_PAGES_32 = 32768;
  private static final long RANGE_PAGES_64 = 33554432;
  private static final int MOST_BLOCK_PAGES = 1024;
  private static final int BLOCKS_IN_RANGE = 16;
  private static final int AREA = 0;
  private static final int FREE = 1;
  private static final int DIRTY = 2;
  private static final int NEXT = 3;
  private static final int CPU = 4;
  private static final int OBJECT = 5;
  private static final int PAGES = RangeTree.SPARE;

  private final AreaRanges ranges;
  private final VmapAreas areas;
  private final PageTables tables;
  private final LongRows blocks = new LongRows();
  private final LongRows rams = new LongRows();
  private final RangeTree ramTree = new RangeTree(rams, false);

  /** Oldest block of each CPU's list of blocks with free pages, 0 for none. */
  private int[] firstBlock;

  private final int mostPages;
  private final int blockPages;
  private final int blockBytes;

  /** For a kernel built for {@code kernelCpus} CPUs. */
  Vmaps(AreaRanges ranges, int kernelCpus) {
    this.ranges = ranges;
    areas = ranges.areas;
    tables = ranges.tables;
    firstBlock = new int[areas.nrCpus()];
    boolean i386 = ranges.layout.i386;
    mostPages = i386 ? 32 : 64;
    blockPages = blockPages(i386, kernelCpus);
    blockBytes = i386 ? 44 : 88;
  }

  /** Pages of a vmap block. Spec: mappings.md 9 */
  static int blockPages(boolean i386, int kernelCpus) {
    long range = i386 ? RANGE_PAGES_32 : RANGE_PAGES_64;
    int cpus = Math.max(1, Integer.highestOneBit(Math.max(1, 2 * kernelCpus - 1)));
    long least = 2L * (i386 ? 32 : 64);
    return (int) Math.min(MOST_BLOCK_PAGES, Math.max(least, range / cpus / BLOCKS_IN_RANGE));
  }

  // vmap and ioremap.

  /** {@code vmap}: the address of an area that maps the frames in turn, or 0. */
  public long vmap(int[] pfns, int nr, int vmFlags) {
    ranges.begin();
    if (nr > ranges.totalPages) {
      ranges.fail(Vmalloc.MORE_THAN_RAM);
      return 0;
    }
    int area = ranges.takeArea(nr * PAGE_BYTES, 1, vmFlags, Gfp.GFP_KERNEL);
    if (area == 0) {
      return 0;
    }
    long flags = Pte.PAGE_KERNEL | tables.nx();
    if (!ranges.map(areas.start(area), pfns, nr, flags)) {
      ranges.fail(Vmalloc.NO_PAGES);
      ranges.freeVmArea(area);
      return 0;
    }
    return areas.start(area);
  }

  /** {@code vunmap}, {@code iounmap}: gives an area back whose pages are not its own. */
  public void unmap(long address) {
    ranges.freeVmArea(areas.find(address));
  }

  /** {@code ioremap}: the address at which {@code phys} is, or 0. */
  public long ioremap(long phys, long bytes) {
    ranges.begin();
    long offset = phys & (PAGE_BYTES - 1);
    long start = phys - offset;
    long size = (offset + bytes + PAGE_BYTES - 1) & -PAGE_BYTES;
    int area = ranges.takeArea(size, 1, Vmalloc.VM_IOREMAP, Gfp.GFP_KERNEL);
    if (area == 0) {
      return 0;
    }
    ranges.structs.setPhys(area, start);
    if (tables.nx() != 0) {
      ranges.structs.setLarge(area);
    }
    ranges.step(VmallocStep.MAP, areas.start(area), size >>> PAGE_SHIFT);
    for (long done = 0; done < size; ) {
      long mapped = mapIo(areas.start(area) + done, start + done, size - done);
      if (mapped == 0) {
        ranges.fail(Vmalloc.NO_PAGES);
        ranges.freeVmArea(area);
        return 0;
      }
      done += mapped;
    }
    return areas.start(area) + offset;
  }

  /** Maps one entry, as large as fits; gives its bytes, 0 when there is no page for a table. */
  private long mapIo(long virt, long phys, long left) {
    long flags = Pte.PAGE_KERNEL_IO | tables.nx();
    int last = tables.nrLevels() - 1;
    for (int level = 1; level < last; level++) {
      long size = tables.entryMaps(level);
      boolean fits = ((virt | phys) & (size - 1)) == 0 && size <= left;
      if (fits && tables.setLarge(virt, level, phys | flags | Pte.PSE)) {
        return size;
      }
    }
    return tables.set(virt, phys | flags) ? PAGE_BYTES : 0;
  }

  // vm_map_ram.

  /** {@code vm_map_ram}: the address, or 0. */
  public long mapRam(int[] pfns, int nr) {
    ranges.begin();
    long virt = nr > mostPages ? ownArea(nr) : fromBlock(order(nr));
    if (virt == 0) {
      return 0;
    }
    int ram = rams.take();
    ramTree.insert(ram, virt, virt + nr * PAGE_BYTES);
    rams.set(ram, PAGES, nr);
    if (!ranges.map(virt, pfns, nr, Pte.PAGE_KERNEL | tables.nx())) {
      ranges.fail(Vmalloc.NO_PAGES);
      unmapRam(virt);
      return 0;
    }
    return virt;
  }

  private static int order(int nr) {
    return Integer.SIZE - Integer.numberOfLeadingZeros(nr - 1);
  }

  private long ownArea(int nr) {
    int area = ranges.takeAddresses(nr * PAGE_BYTES, PAGE_BYTES, Gfp.GFP_KERNEL);
    if (area == 0) {
      return 0;
    }
    areas.setUser(area, 0);
    return areas.start(area);
  }

  /** Whether vm_map_ram of so many pages needs addresses: no block of this CPU has room. */
  public boolean takesArea(int nr) {
    return nr > mostPages || blockWithRoom(order(nr)) == 0;
  }

  private int blockWithRoom(int order) {
    int block = firstBlock[ranges.cpu()];
    while (block != 0 && blocks.get(block, FREE) < 1L << order) {
      block = (int) blocks.get(block, NEXT);
    }
    return block;
  }

  private long fromBlock(int order) {
    int cpu = ranges.cpu();
    int block = blockWithRoom(order);
    if (block == 0) {
      block = newBlock(cpu);
    }
    if (block == 0) {
      return 0;
    }
    long free = blocks.get(block, FREE);
    long virt = areas.start(area(block)) + (blockPages - free) * PAGE_BYTES;
    blocks.set(block, FREE, free - (1L << order));
    if (free == 1L << order) {
      unlist(block);
    }
    ranges.step(VmallocStep.BLOCK_TAKE, virt, free - (1L << order));
    return virt;
  }

  private int area(int block) {
    return (int) blocks.get(block, AREA);
  }

  private int newBlock(int cpu) {
    long object = ranges.slab.kmalloc(blockBytes, Gfp.GFP_KERNEL);
    if (object == SlabAllocator.NULL) {
      ranges.fail(Vmalloc.NO_AREA);
      return 0;
    }
    long size = blockPages * PAGE_BYTES;
    int area = ranges.takeAddresses(size, size, Gfp.GFP_KERNEL);
    if (area == 0) {
      ranges.slab.kfree(object);
      return 0;
    }
    int block = blocks.take();
    blocks.set(block, AREA, area);
    blocks.set(block, FREE, blockPages);
    blocks.set(block, DIRTY, 0);
    blocks.set(block, NEXT, 0);
    blocks.set(block, CPU, cpu);
    blocks.set(block, OBJECT, object);
    areas.setUser(area, -block);
    append(cpu, block);
    ranges.step(VmallocStep.BLOCK, areas.start(area), blockPages);
    return block;
  }

  private void append(int cpu, int block) {
    int at = firstBlock[cpu];
    if (at == 0) {
      firstBlock[cpu] = block;
      return;
    }
    while (blocks.get(at, NEXT) != 0) {
      at = (int) blocks.get(at, NEXT);
    }
    blocks.set(at, NEXT, block);
  }

  private void unlist(int block) {
    int cpu = (int) blocks.get(block, CPU);
    int next = (int) blocks.get(block, NEXT);
    if (firstBlock[cpu] == block) {
      firstBlock[cpu] = next;
      return;
    }
    int at = firstBlock[cpu];
    while (at != 0 && blocks.get(at, NEXT) != block) {
      at = (int) blocks.get(at, NEXT);
    }
    if (at != 0) {
      blocks.set(at, NEXT, next);
    }
  }

  /** Pages of what vm_map_ram gave at {@code address}, or 0 when it gave nothing there. */
  public int ramPages(long address) {
    int ram = ramTree.find(address);
    return ram == RangeTree.NIL || ramTree.start(ram) != address ? 0 : (int) rams.get(ram, PAGES);
  }

  /** The start of what vm_map_ram gave around {@code address}, or 0. */
  public long ramStart(long address) {
    int ram = ramTree.find(address);
    return ram == RangeTree.NIL ? 0 : ramTree.start(ram);
  }

  /** {@code vm_unmap_ram} of all that {@link #mapRam} gave at {@code address}. */
  public void unmapRam(long address) {
    int ram = ramTree.find(address);
    int nr = (int) rams.get(ram, PAGES);
    ramTree.erase(ram);
    rams.release(ram);
    int area = areas.find(address);
    int block = (int) -areas.user(area);
    if (block == 0) {
      ranges.dropAddresses(area);
      return;
    }
    for (int i = 0; i < nr; i++) {
      tables.clear(address + i * PAGE_BYTES);
    }
    ranges.drainPoint();
    ranges.step(VmallocStep.UNMAP, address, nr);
    long dirty = blocks.get(block, DIRTY) + (1L << order(nr));
    blocks.set(block, DIRTY, dirty);
    ranges.step(VmallocStep.BLOCK_GIVE, address, dirty);
    if (dirty == blockPages) {
      freeBlock(block);
    }
  }

  private void freeBlock(int block) {
    int area = area(block);
    ranges.dropAddresses(area);
    ranges.slab.kfree(blocks.get(block, OBJECT));
    blocks.release(block);
  }

  /** Frees the blocks in which nothing is mapped, though they were only used in part. */
  public void purgeFragmented() {
    for (int cpu = 0; cpu < firstBlock.length; cpu++) {
      int block = firstBlock[cpu];
      while (block != 0) {
        int next = (int) blocks.get(block, NEXT);
        long dirty = blocks.get(block, DIRTY);
        if (blocks.get(block, FREE) + dirty == blockPages && dirty != blockPages && dirty != 0) {
          unlist(block);
          freeBlock(block);
        }
        block = next;
      }
    }
  }

  /** Whether an object is the descriptor of a block. */
  boolean isDescriptor(long object) {
    RangeTree busy = areas.busyTree();
    for (int area = busy.first(); area != RangeTree.NIL; area = busy.next(area)) {
      if (isBlock(area) && blocks.get((int) -areas.user(area), OBJECT) == object) {
        return true;
      }
    }
    return false;
  }

  /** Whether an area is a vmap block. */
  public boolean isBlock(int area) {
    return areas.user(area) < 0;
  }

  /** What is wrong, or empty. */
  public String verify() {
    String problem = ramTree.problem();
    for (int ram = ramTree.first(); ram != RangeTree.NIL; ram = ramTree.next(ram)) {
      int area = areas.find(ramTree.start(ram));
      if (area == RangeTree.NIL || ranges.structs.has(area)) {
        return Long.toHexString(ramTree.start(ram)) + " of vm_map_ram lies in no area of its own";
      }
    }
    for (int first : firstBlock) {
      for (int block = first; block != 0; block = (int) blocks.get(block, NEXT)) {
        if (blocks.get(block, FREE) <= 0 || areas.user(area(block)) != -block) {
          return "a vmap block on a list has no free pages or no area";
        }
      }
    }
    return problem;
  }

  public State checkpoint() {
    int root = ramTree.root();
    return new State(blocks.checkpoint(), rams.checkpoint(), root, firstBlock.clone());
  }

  /** Goes back to {@code state}, which may be restored again later. */
  public void restore(State state) {
    blocks.restore(state.blocks);
    rams.restore(state.rams);
    ramTree.restoreRoot(state.ramRoot);
    firstBlock = state.firstBlock.clone();
  }

  /** Blocks and what was handed out of them at one moment. */
  public static final class State {
    private final LongRows.State blocks;
    private final LongRows.State rams;
    private final int ramRoot;
    private final int[] firstBlock;

    private State(LongRows.State blocks, LongRows.State rams, int ramRoot, int[] firstBlock) {
      this.blocks = blocks;
      this.rams = rams;
      this.ramRoot = ramRoot;
      this.firstBlock = firstBlock;
    }
  }
}
