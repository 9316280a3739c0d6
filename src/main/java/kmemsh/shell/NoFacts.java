package kmemsh.shell;

import kmemsh.lang.MachineFacts;

/** Stand-in. */
final class NoFacts implements MachineFacts {
  @Override
  public String[] zoneNames() {
    return new String[0];
  }

  @Override
  public long freeBlocks(String zone, int order) {
    return NO_ZONE;
  }

  @Override
  public long zonePages(String zone, String field) {
    return NO_ZONE;
  }

  @Override
  public long pcpPages(String zone) {
    return NO_ZONE;
  }

  @Override
  public long largestFreeOrder(String zone) {
    return -1;
  }

  @Override
  public long addressOf(int pfn) {
    return 0;
  }

  @Override
  public String zoneOf(int pfn) {
    return "";
  }

  @Override
  public long endPfn() {
    return 0;
  }

  @Override
  public int pfnOf(long address) {
    return -1;
  }
}
