package kmemsh.machine;

import java.util.Arrays;
import kmemsh.mm.page.PageAllocator;
import kmemsh.mm.page.PageMachine;
import kmemsh.mm.page.ZoneShape;
import kmemsh.view.PageState;

/** How a machine of a recording begins: with its zones, and no page in any of them. */
final class RecordedStart {
  /**
   * Machines of recordings have flat columns up to 20 GiB: a replay does nothing but page work, and
   * one machine in chunks would make every later one in the process slower, too.
   */
  static final int FLAT_ROWS = 5 << 20;

  private final Profile hardware;
  private final ZoneShape[] shapes;

  /** The pages before anything was loaded. */
  private PageMachine.State before;

  /** The zones of {@code hardware}. */
  RecordedStart(Profile hardware) {
    this.hardware = hardware;
    shapes = Zones.shapes(hardware);
  }

  /** The zones of {@code hardware} where {@code state} says that they lie. */
  RecordedStart(Profile hardware, PageState state) {
    this.hardware = hardware;
    shapes = shapes(hardware, state);
  }

  /** Makes the machine's pages. */
  PageMachine make() {
    PageMachine pages =
        new PageMachine(new PageAllocator(Zones.config(hardware, shapes, FLAT_ROWS), shapes));
    before = pages.checkpoint();
    return pages;
  }

  /** Takes every page away from {@code pages}, which came from {@link #make}. */
  void clear(PageMachine pages) {
    pages.restore(before);
  }

  /**
   * Takes another recorded state, if its zones lie as those of this machine. That costs as much as
   * was touched, where a new machine costs as much as it has memory.
   */
  boolean loadAgain(PageMachine pages, PageState state) {
    if (!Arrays.equals(shapes, shapes(hardware, state))) {
      return false;
    }
    clear(pages);
    pages.load(state);
    return true;
  }

  private static ZoneShape[] shapes(Profile hardware, PageState state) {
    ZoneShape[] shapes = Zones.shapes(hardware);
    for (PageState.Zone zone : state.zones()) {
      ZoneShape shape = shapes[zone.id()];
      shapes[zone.id()] =
          new ZoneShape(
              zone.nid(),
              shape.index(),
              zone.name(),
              shape.highmem(),
              zone.zoneStartPfn(),
              zone.zoneStartPfn() + zone.spannedPages(),
              zone.presentPages());
    }
    return shapes;
  }
}
