package kmemsh.proc;

import java.util.List;
import kmemsh.view.FragmentationIndexes;
import kmemsh.view.ProcSnapshots;

/**
 * /sys/kernel/debug/extfrag: how broken up free memory is, for each order.
 *
 * <p>Spec: page-allocator.md 10.1, 11.5
 */
final class ExtfragFolder extends ProcFolder {
  private static final String INDEX = "extfrag_index";
  private static final String UNUSABLE = "unusable_index";
  private static final int SCALE = 1000;

  ExtfragFolder() {
    super("/sys/kernel/debug/extfrag");
  }

  @Override
  List<String> names(ProcSnapshots machine) {
    return List.of(INDEX, UNUSABLE);
  }

  @Override
  ProcFile file(String name) {
    boolean known = name.equals(INDEX) || name.equals(UNUSABLE);
    return known ? new IndexFile(path() + "/" + name, name.equals(INDEX)) : null;
  }

  private record IndexFile(String path, boolean index) implements ProcFile {
    @Override
    public String text(ProcSnapshots machine) {
      return ExtfragFolder.text(machine.fragmentation(), index);
    }
  }

  static String text(FragmentationIndexes zones, boolean index) {
    ProcText out = new ProcText();
    for (FragmentationIndexes.Zone zone : zones.zones()) {
      out.add("Node ").add(zone.nid()).add(", zone ").right(zone.name(), 8).add(" ");
      for (int value : index ? zone.extfrag() : zone.unusable()) {
        int rest = value % SCALE;
        out.right(value / SCALE, index ? 2 : 1);
        // The whole part loses its sign when it is 0, the rest only when that has none, as in C.
        out.add(".").add(threeDigits(rest)).add(" ");
      }
      out.line();
    }
    return out.toString();
  }

  /** As {@code %03d} prints it. */
  private static String threeDigits(int value) {
    String digits = Integer.toString(Math.abs(value));
    int width = value < 0 ? 2 : 3;
    return (value < 0 ? "-" : "") + "0".repeat(Math.max(0, width - digits.length())) + digits;
  }
}
