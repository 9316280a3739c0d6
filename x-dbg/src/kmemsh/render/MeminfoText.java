package kmemsh.render;

import kmemsh.text.Text;
import kmemsh.view.Meminfo;

/** Draws /proc/meminfo: one bar of all memory, then each line with what it means. */
final class MeminfoText {
  private static final int NAME = 17;
  private static final int VALUE = 13;
  private static final int NARROW = 60;

  private static final String[][] MEANINGS = {
    {"MemTotal", "RAM that boot handed to the page allocator"},
    {"MemFree", "on the buddy lists; per-CPU lists are not in it"},
    {"MemAvailable", "could be had: free, less reserves, plus cache"},
    {"Buffers", "page cache of block devices"},
    {"Cached", "page cache of files, shared memory too"},
    {"SwapCached", "pages in memory and in swap"},
    {"Active", "active lists: used lately"},
    {"Inactive", "inactive lists: reclaim looks here first"},
    {"Active(anon)", "pages of processes without a file"},
    {"Inactive(anon)", "the same, not used lately"},
    {"Active(file)", "pages of files"},
    {"Inactive(file)", "the same, not used lately"},
    {"Unevictable", "pages that reclaim must leave alone"},
    {"Mlocked", "pages that mlock holds"},
    {"HighTotal", "RAM without a lasting kernel address"},
    {"HighFree", "of it free"},
    {"LowTotal", "RAM in the linear map: the kernel points at it"},
    {"LowFree", "of it free"},
    {"SwapTotal", "swap space"},
    {"SwapFree", "of it free"},
    {"Dirty", "changed, to be written to disk"},
    {"Writeback", "being written"},
    {"AnonPages", "anonymous pages in page tables"},
    {"Mapped", "file pages in page tables"},
    {"Shmem", "shared memory and tmpfs"},
    {"KReclaimable", "kernel memory that shrinks under pressure"},
    {"Slab", "pages that are slabs"},
    {"SReclaimable", "of caches with SLAB_RECLAIM_ACCOUNT"},
    {"SUnreclaim", "of all other caches"},
    {"KernelStack", "kernel stacks of tasks"},
    {"PageTables", "page tables of processes"},
    {"SecPageTables", "page tables of virtual machines"},
    {"NFS_Unstable", "always 0"},
    {"Bounce", "copies for devices that cannot reach HighMem"},
    {"WritebackTmp", "copies of pages being written"},
    {"CommitLimit", "what may be promised in strict overcommit"},
    {"Committed_AS", "what has been promised"},
    {"VmallocTotal", "addresses that vmalloc has"},
    {"VmallocUsed", "pages behind them"},
    {"VmallocChunk", "always 0"},
    {"Percpu", "per-CPU variables, in what boot kept for itself"},
    {"AnonHugePages", "huge pages of processes"},
    {"ShmemHugePages", "huge pages of shared memory"},
    {"ShmemPmdMapped", "of them mapped as such"},
    {"FileHugePages", "huge pages of files"},
    {"FilePmdMapped", "of them mapped as such"},
    {"CmaTotal", "pageblocks set aside for contiguous buffers"},
    {"CmaFree", "of them free"},
    {"HugePages_Total", "pages set aside by hugetlbfs"},
    {"HugePages_Free", "of them free"},
    {"HugePages_Rsvd", "promised, not yet taken"},
    {"HugePages_Surp", "beyond what was set aside"},
    {"Hugepagesize", "size of one"},
    {"Hugetlb", "memory of all of them"},
    {"DirectMap4k", "linear map in pages of 4 KiB"},
    {"DirectMap4M", "linear map in pages of 4 MiB"},
    {"DirectMap2M", "linear map in pages of 2 MiB"},
  };

  private MeminfoText() {}

  static void render(Meminfo info, Text out, int columns) {
    bar(info, out, columns);
    for (Meminfo.Line line : info.lines()) {
      if (line.value() == 0 && !info.all()) {
        continue;
      }
      boolean count = line.name().startsWith("HugePages_");
      StringBuilder row = new StringBuilder(line.name());
      String value = Draw.grouped(line.value()) + (count ? "   " : " kB");
      row.append(" ".repeat(Math.max(1, NAME + VALUE - row.length() - value.length())));
      row.append(value);
      String meaning = meaning(line.name());
      if (columns >= NARROW && !meaning.isEmpty()) {
        row.append("  ").append(meaning);
      }
      out.add(row.toString().stripTrailing()).line();
    }
  }

  private static String meaning(String name) {
    for (String[] row : MEANINGS) {
      if (row[0].equals(name)) {
        return row[1];
      }
    }
    return "";
  }

  /** All of memory in one line: free, slabs, the rest. */
  private static void bar(Meminfo info, Text out, int columns) {
    int room = Math.max(10, Math.min(columns, 100) - 2);
    long total = Math.max(1, info.value("MemTotal"));
    long free = Math.min(total, info.value("MemFree"));
    long slab = Math.min(total - free, info.value("Slab"));
    int slabs = marks(slab, total, room);
    int others = marks(total - free - slab, total, room);
    int rest = Math.max(0, room - slabs - others);
    out.add("[" + "#".repeat(others) + "s".repeat(slabs) + ".".repeat(rest) + "]").line();
    out.add("  . free  s slab  # in use otherwise").line();
  }

  /** At least one for what is not nothing. */
  private static int marks(long part, long total, int room) {
    return part == 0 ? 0 : (int) Math.max(1, part * room / total);
  }
}
