package kmemsh.learn;

import java.util.List;

/** All families of questions, in the order in which help lists them. */
public final class Families {
  private static final List<Family> ALL =
      List.of(
          new SplitFamily(),
          new MergeFamily(),
          new BuddyFamily(),
          new FitsFamily(),
          new ZoneFamily(),
          new PcpFamily(),
          new ObjectsFamily(),
          new KmallocFamily(),
          new WhichFamily(),
          new SlabListsFamily(),
          new FreelistFamily(),
          new SleepFamily(),
          new PageTableFamily(),
          new KmapSlotFamily(),
          new DiagnoseFamily(),
          new BugFamily());

  private Families() {}

  public static List<Family> all() {
    return ALL;
  }

  /** The family called {@code name}, or null. */
  public static Family named(String name) {
    for (Family family : ALL) {
      if (family.name().equals(name)) {
        return family;
      }
    }
    return null;
  }
}
