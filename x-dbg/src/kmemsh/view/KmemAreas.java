package kmemsh.view;

import java.util.List;

/** The areas in use as the crash utility lists them. */
public record KmemAreas(List<Area> areas) {
  /**
   * An area.
   *
   * @param vmapArea address of its vmap_area
   * @param vmStruct address of its vm_struct, or null
   */
  public record Area(Addr vmapArea, Addr vmStruct, Addr start, Addr end, long sizeBytes) {}
}
