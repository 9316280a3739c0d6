package kmemsh.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kmemsh.view.KpageFlags;
import kmemsh.view.PageTypes;
import kmemsh.view.ProcSnapshots;

/** {@code page-types [-r]}: /proc/kpageflags counted, as the tool of that name prints it. */
final class PageTypesCommand extends LookCommand {
  private static final long HACKERS_BITS = 0xffff_0000_0000L;
  private static final int SLOTS = 8192;

  PageTypesCommand() {
    super(
        new Usage("page-types", CommandTable.LOOKING, "Count page frames by /proc/kpageflags")
            .flag("-r --raw", "with the bits that only matter to kernel engineers"));
  }

  @Override
  public Reply run(Arguments arguments) {
    ProcSnapshots files = arguments.session().machine().files();
    long hidden =
        arguments.hasOption("--raw")
            ? 0
            : HACKERS_BITS | KpageFlags.COMPOUND_HEAD | KpageFlags.COMPOUND_TAIL;
    Map<Long, long[]> counts = new LinkedHashMap<>();
    try {
      files.pages(
          (frames, flags) ->
              counts.computeIfAbsent(flags & ~hidden, f -> new long[1])[0] += frames);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Reply.of(sorted(counts, files.nrPageEntries()));
  }

  /** The tool keeps its counts in a hash table and prints that from slot 0 on. */
  private static PageTypes sorted(Map<Long, long[]> counts, long total) {
    PageTypes.Row[] slots = new PageTypes.Row[SLOTS];
    for (Map.Entry<Long, long[]> each : counts.entrySet()) {
      int slot = (int) (each.getKey() & (SLOTS - 1));
      while (slots[slot] != null) {
        slot = (slot + 1) & (SLOTS - 1);
      }
      slots[slot] = new PageTypes.Row(each.getKey(), each.getValue()[0]);
    }
    List<PageTypes.Row> rows = new ArrayList<>();
    for (PageTypes.Row row : slots) {
      if (row != null) {
        rows.add(row);
      }
    }
    return new PageTypes(rows, total);
  }
}
