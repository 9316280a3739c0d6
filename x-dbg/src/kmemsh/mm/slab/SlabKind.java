package kmemsh.mm.slab;

/** The object allocators of Linux 6.1; a kernel has one of them. */
public enum SlabKind {
  SLAB("slab"),
  SLUB("slub"),
  SLOB("slob");

  private final String option;

  SlabKind(String option) {
    this.option = option;
  }

  /** The name as after {@code --slab}. */
  public String option() {
    return option;
  }

  /** The kind that {@code option} names, in any case, or null. */
  public static SlabKind of(String option) {
    for (SlabKind kind : values()) {
      if (kind.option.equalsIgnoreCase(option)) {
        return kind;
      }
    }
    return null;
  }
}
