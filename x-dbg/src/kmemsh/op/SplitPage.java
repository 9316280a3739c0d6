package kmemsh.op;

import kmemsh.machine.Machine;
import kmemsh.view.Refusal;

/**
 * Makes single pages of the block of {@code 1 << order} pages at {@code pfn}: {@code split_page};
 * gives the pfn.
 */
public record SplitPage(int pfn, int order) implements Op {
  @Override
  public void check(Machine machine) {
    BadFree.check(machine, pfn, order);
    if (machine.pages().isCompound(pfn)) {
      throw new Refused(
          new Refusal(
              "pfn " + BadFree.hex(pfn) + " heads a compound page (__GFP_COMP), which is not split",
              "A real kernel would stop at VM_BUG_ON_PAGE with CONFIG_DEBUG_VM",
              ""));
    }
  }

  @Override
  public long run(Machine machine) {
    machine.splitPage(pfn, order);
    return pfn;
  }
}
