package kmemsh.view;

/**
 * The settings under /proc/sys of one machine.
 *
 * @param pages those of the page allocator
 * @param others value of each setting of {@link SysctlTable}; entries of {@code pages} mean nothing
 * @param has whether this machine's kernel has the setting
 */
public record Sysctls(VmSysctls pages, int[] others, boolean[] has) {

  public boolean has(int setting) {
    return has[setting];
  }

  /** The values of a setting; all but lowmem_reserve_ratio have one. */
  public int[] values(int setting) {
    boolean ofPages = setting < VmSysctls.count();
    return ofPages ? pages.values(setting) : new int[] {others[setting]};
  }

  /** The value of a setting that is none of the page allocator's. */
  public int value(int setting) {
    return others[setting];
  }
}
