package kmemsh.learn;

import java.util.ArrayList;
import java.util.List;

/** The chapters of the tour: lessons that come with the program. */
public final class Tour {
  private static final String[] FILES = {
    "pages",
    "zones",
    "buddy",
    "gfp",
    "watermarks",
    "fragmentation",
    "slab",
    "slub",
    "slob",
    "kmalloc",
    "vmalloc",
    "highmem",
    "proc",
    "debugging",
  };

  private Tour() {}

  public static int nrChapters() {
    return FILES.length;
  }

  /** A chapter, from 1 on. */
  public static Lesson chapter(int n) {
    try {
      return Lesson.of(Blocks.ofResource("tour/" + FILES[n - 1] + ".txt"));
    } catch (BadLesson ours) {
      throw new IllegalStateException("tour chapter " + n + ": " + ours.getMessage(), ours);
    }
  }

  public static List<String> titles() {
    List<String> titles = new ArrayList<>();
    for (int n = 1; n <= FILES.length; n++) {
      titles.add(chapter(n).title());
    }
    return titles;
  }
}
