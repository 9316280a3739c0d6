package kmemsh.op;

import kmemsh.machine.Machine;

/**
 * One change a user can make, as values only: it holds no command and no lambda, so that the
 * history can run it again at any time with the same outcome.
 */
public interface Op {
  /**
   * Looks whether the change may be made, changing nothing. It is called before every first {@link
   * #run}: what can be told beforehand is refused here, which spares going back.
   *
   * @throws Refused when the change must not be made
   */
  default void check(Machine machine) {}

  /**
   * Makes the change.
   *
   * @return what the kernel call returns: a pfn, an address, a count; see the implementing record
   * @throws Refused when the change must not be made; the caller goes back to the state before
   */
  long run(Machine machine);
}
