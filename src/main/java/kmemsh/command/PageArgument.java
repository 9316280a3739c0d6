package kmemsh.command;

import kmemsh.lang.Value;
import kmemsh.machine.Machine;
import kmemsh.op.Refused;
import kmemsh.view.Refusal;

/** A page named in any of the ways people name one: a page value, an address, a bare number. */
final class PageArgument {
  private static final int PAGE_MASK = 4095;

  private PageArgument() {}

  /** Whether argument {@code i} is a list of pages, none of them NULL. */
  static boolean isList(Arguments arguments, int i) {
    if (!arguments.has(i)) {
      return false;
    }
    Value value = arguments.value(i);
    return value.kind() == Value.LIST && value.elementKind() == Value.PAGE && value.nrNull() == 0;
  }

  /** Whether a number can only be meant as an address; -1 and its like are meant as numbers. */
  private static boolean isAddress(Machine machine, long number) {
    boolean wide = machine.profile().i386() ? number >>> 32 != 0 : number > -PAGE_MASK - 1;
    return !wide && Long.compareUnsigned(number, machine.pageOffset()) >= 0;
  }

  /**
   * The frame that argument {@code i} means. A number at or above the start of the linear map is an
   * address, any other a pfn.
   *
   * @throws Refused when it is no frame of this machine
   */
  static int pfn(Machine machine, Arguments arguments, int i) {
    Value value = arguments.value(i);
    boolean number = value.kind() == Value.NUMBER;
    if (!value.isAddress() && !(number && isAddress(machine, value.number()))) {
      return (int) arguments.page(i).number();
    }
    int pfn = machine.pfnOf(value.number());
    String name = "0x" + Long.toHexString(value.number());
    if (pfn < 0) {
      throw new Refused(
          new Refusal(
              name + " is no address of the linear map",
              "A real kernel would compute a struct page that does not exist and oops",
              "whatis " + name));
    }
    if ((value.number() & PAGE_MASK) != 0) {
      throw new Refused(
          new Refusal(
              name + " lies inside a page: a page begins at a multiple of 4096",
              "A real kernel would round it down to 0x"
                  + Long.toHexString(value.number() & -(PAGE_MASK + 1L))
                  + " without a word",
              ""));
    }
    return pfn;
  }
}
