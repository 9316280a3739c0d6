package kmemsh.learn;

import java.util.ArrayList;
import java.util.List;
import kmemsh.view.PageBlock;

/** Virtual addresses taken apart: page-table indices, offset, and what the linear map shows. */
final class PageTableFamily extends Family {
  private static final int PAGE_SHIFT = 12;
  private static final int LOWMEM_FRAMES = 0x3000;
  private static final int WIDE = 48;

  /** By level. */
  private static final List<Mode> MODES =
      List.of(
          new Mode(
              "--machine i386 --mem 64M",
              "pgd and pte",
              0xc0000000L,
              32,
              List.of(22, 12),
              "Above them 10 bits choose the pte and 10 bits the pgd entry."),
          new Mode(
              "--machine i386 --mem 5G",
              "pgd, pmd and pte",
              0xc0000000L,
              32,
              List.of(30, 21, 12),
              "Above them 9 bits choose the pte, 9 bits the pmd and 2 bits the pgd entry."),
          new Mode(
              "--machine x86_64 --mem 128M",
              "pgd, pud, pmd and pte",
              0xffff888000000000L,
              WIDE,
              List.of(39, 30, 21, 12),
              "Above them come four indices of 9 bits each: pte, pmd, pud, pgd."));

  PageTableFamily() {
    super("pagetable", "mappings", "virtual to physical, and the page-table indices");
  }

  /**
   * How a machine splits an address.
   *
   * @param bits of an address that count
   * @param shifts of the indices, the top table first
   */
  private record Mode(
      String machine, String tables, long linearMap, int bits, List<Integer> shifts, String hint) {
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
    Mode mode = MODES.get(draft.level() - 1);
    draft.boot(mode.machine());
    long pfn = draft.pick(0x100, LOWMEM_FRAMES);
    long address = mode.linearMap() + (pfn << PAGE_SHIFT) + draft.pick(0, 4095);
    String hex = "0x" + Long.toHexString(address);
    if (draft.chance(30)) {
      draft.prompt(
          "Which physical address does the linear map show at "
              + hex
              + "? (It begins at 0x"
              + Long.toHexString(mode.linearMap())
              + ".)");
      PageBlock page = (PageBlock) draft.look("virt_to_page " + hex);
      draft.hex(((long) page.pfn() << PAGE_SHIFT) + (address & 4095));
    } else {
      draft.prompt("Which entries of " + mode.tables() + " lead to " + hex + "? Their indices.");
      draft.numbers(mode.indices(address));
    }
    draft.hint("The lowest 12 bits are the offset in the page.");
    draft.hint(mode.hint());
    draft.show("vtop " + hex);
  }

  @Override
  String meant(Bench bench, Question question, String given) {
    String[] told = given.split(" ", -1);
    Mode mode = MODES.get(question.level() - 1);
    if (question.kind() != AnswerKind.NUMBERS || told.length != mode.shifts().size()) {
      return "";
    }
    long address = 0;
    for (int i = 0; i < told.length; i++) {
      address |= Long.parseLong(told[i]) << mode.shifts().get(i);
    }
    long sign = mode.bits() == WIDE && address < 0 ? -1L << mode.bits() : 0;
    return "these entries lead to the page at 0x" + Long.toHexString(address | sign);
  }
}
