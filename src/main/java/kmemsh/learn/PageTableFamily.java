package kmemsh.learn;

import java.util.ArrayList;
import java.util.List;
import kmemsh.view.PageBlock;

/** Virtual addresses taken apart: page-table indices, offset, and what the linear map shows. */
final class PageTableFamily extends Family {
  private static final int PAGE_SHIFT = 12;
  private static final int LOWMEM_FRAMES = 0x3000;

  PageTableFamily() {
    super("pagetable", "mappings", "virtual to physical, and the page-table indices");
  }

  /** How a machine splits an address. */
  private enum Mode {
    I386("--machine i386 --mem 64M", "pgd and pte", 0xc0000000L, 32, List.of(22, 12)),
    PAE("--machine i386 --mem 5G", "pgd, pmd and pte", 0xc0000000L, 32, List.of(30, 21, 12)),
    X86_64(
        "--machine x86_64 --mem 128M",
        "pgd, pud, pmd and pte",
        0xffff888000000000L,
        48,
        List.of(39, 30, 21, 12));

    private final String machine;
    private final String tables;
    private final long linearMap;
    private final int bits;
    private final List<Integer> shifts;

    Mode(String machine, String tables, long linearMap, int bits, List<Integer> shifts) {
      this.machine = machine;
      this.tables = tables;
      this.linearMap = linearMap;
      this.bits = bits;
      this.shifts = shifts;
    }

    /** Spec: mappings.md 4.1. */
    private List<Long> indices(long address) {
      List<Long> indices = new ArrayList<>();
      int above = bits;
      for (int shift : shifts) {
        indices.add(address >>> shift & (1L << (above - shift)) - 1);
        above = shift;
      }
      return indices;
    }
  }

  @Override
  void make(Draft draft) {
    Mode mode = Mode.values()[draft.level() - 1];
    draft.boot(mode.machine);
    long pfn = draft.pick(0x100, LOWMEM_FRAMES);
    long address = mode.linearMap + (pfn << PAGE_SHIFT) + draft.pick(0, 4095);
    String hex = "0x" + Long.toHexString(address);
    if (draft.chance(30)) {
      draft.prompt(
          "Which physical address does the linear map show at "
              + hex
              + "? (It begins at 0x"
              + Long.toHexString(mode.linearMap)
              + ".)");
      PageBlock page = (PageBlock) draft.look("virt_to_page " + hex);
      draft.hex(((long) page.pfn() << PAGE_SHIFT) + (address & 4095));
    } else {
      draft.prompt("Which entries of " + mode.tables + " lead to " + hex + "? Their indices.");
      draft.numbers(mode.indices(address));
    }
    draft.hint("The lowest 12 bits are the offset in the page.");
    draft.hint(hint(mode));
    draft.show("whatis " + hex);
  }

  private static String hint(Mode mode) {
    return switch (mode) {
      case I386 -> "Above them 10 bits choose the pte and 10 bits the pgd entry.";
      case PAE -> "Above them 9 bits choose the pte, 9 bits the pmd and 2 bits the pgd entry.";
      case X86_64 -> "Above them come four indices of 9 bits each: pte, pmd, pud, pgd.";
    };
  }

  @Override
  String meant(Bench bench, Question question, String given) {
    String[] told = given.split(" ", -1);
    Mode mode = Mode.values()[question.level() - 1];
    if (question.kind() != AnswerKind.NUMBERS || told.length != mode.shifts.size()) {
      return "";
    }
    long address = 0;
    for (int i = 0; i < told.length; i++) {
      address |= Long.parseLong(told[i]) << mode.shifts.get(i);
    }
    long sign = mode == Mode.X86_64 && address < 0 ? -1L << mode.bits : 0;
    return "these entries lead to the page at 0x" + Long.toHexString(address | sign);
  }
}
