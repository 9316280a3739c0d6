package kmemsh.view;

/** Where a file under /proc gets its numbers from, at the moment of reading. */
public interface ProcSnapshots {
  ZoneinfoSnapshot zoneinfo();

  PagetypeSnapshot pagetypes();

  VmSysctls sysctls();
}
