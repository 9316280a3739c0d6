package kmemsh.replay;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import kmemsh.capture.BadRecording;
import kmemsh.capture.KmapSection;
import kmemsh.machine.Highmem;
import kmemsh.view.ReplayReport;

/**
 * Performs the operations of one KMAP section and compares every address and, at each checkpoint,
 * every slot of the persistent window, up to the first difference.
 *
 * <p>Between two sections the driver gives back what it holds, and nothing records it: the slots
 * and pages that a section begins with are compared, their counts are taken over.
 */
final class KmapReplay {
  private static final int RECENT = 8;
  private final String file;
  private final Highmem highmem;
  private final PageReplay.Cancel cancel;
  private final Deque<String> recent = new ArrayDeque<>();

  private KmapSection section;

  /** Whether slots are listed, before the first operation or at a checkpoint. */
  private boolean listing = true;

  private boolean atStart = true;

  /** The first slot that was not compared. */
  private int nextSlot;

  private long compared;
  private ReplayReport.Difference difference;

  /** {@code highmem} is as the KMAP section before left it. */
  KmapReplay(String file, Highmem highmem, PageReplay.Cancel cancel) {
    this.file = file;
    this.highmem = highmem;
    this.cancel = cancel;
  }

  long operations() {
    return section.operations();
  }

  long compared() {
    return compared;
  }

  /** The first difference, or null. */
  ReplayReport.Difference difference() {
    return difference;
  }

  /** Replays {@code kmaps} to its end or to the first difference, or until cancelled. */
  void run(KmapSection kmaps) throws BadRecording {
    section = kmaps;
    int record = section.next();
    while (record != KmapSection.END && !cancel.isCancelled()) {
      switch (record) {
        case KmapSection.SLOT -> slot();
        case KmapSection.CHECKPOINT -> {
          endSlots("start");
          listing = true;
          nextSlot = 0;
        }
        case KmapSection.CHECKPOINT_END -> endSlots("KCK");
        case KmapSection.NOHIGHMEM -> noHighmem();
        default -> {
          endSlots("start");
          operation();
        }
      }
      if (difference != null) {
        return;
      }
      record = section.next();
    }
  }

  private void noHighmem() {
    listing = false;
    compare(
        "slots of the window", "0", Integer.toString(highmem.config().lastPkmap()), "NOHIGHMEM");
  }

  private void slot() throws BadRecording {
    if (!listing || section.slot() < nextSlot || section.slot() >= highmem.config().lastPkmap()) {
      throw bad("slot " + section.slot() + " is listed where it cannot be");
    }
    int slot = nextMapped();
    if (atStart && slot == section.slot()) {
      giveBack(slot);
    }
    String expected = section.slot() + " " + section.count() + " " + section.pfn();
    compare("slot, count and page", expected, slotText(slot), "PK " + expected);
    nextSlot = slot + 1;
  }

  private void giveBack(int slot) {
    int pfn = highmem.pkmap().pfn(slot);
    int count = highmem.pkmap().count(slot);
    while (count > Math.max(1, section.count())) {
      count = highmem.kunmap(pfn);
    }
  }

  private int nextMapped() {
    int slot = nextSlot;
    while (slot < highmem.config().lastPkmap() && highmem.pkmap().count(slot) == 0) {
      slot++;
    }
    return slot;
  }

  private String slotText(int slot) {
    return slot == highmem.config().lastPkmap()
        ? "no more slots in use"
        : slot + " " + highmem.pkmap().count(slot) + " " + highmem.pkmap().pfn(slot);
  }

  private void endSlots(String where) {
    if (listing && difference == null) {
      String end = "no more slots in use";
      compare("slot, count and page", end, slotText(nextMapped()), where);
    }
    listing = false;
    atStart = false;
  }

  private void compare(String what, String expected, String got, String text) {
    compared++;
    if (!expected.equals(got)) {
      difference =
          new ReplayReport.Difference(
              what,
              section.operations(),
              section.line(),
              text,
              expected,
              got,
              new ArrayList<>(recent),
              List.of());
    }
  }

  private void operation() throws BadRecording {
    if (difference != null) {
      return;
    }
    int pfn = section.pfn();
    switch (section.operation()) {
      case "km" -> address(highmem.kmap(pfn));
      case "kl" -> address(highmem.mapLocal(cpuOf(section.virt()), pfn, false));
      case "kA" -> address(highmem.mapLocal(cpuOf(section.virt()), pfn, true));
      case "ku" -> kunmap(pfn);
      default -> unmapLocal(section.virt());
    }
    recent.add(section.text());
    if (recent.size() > RECENT) {
      recent.remove();
    }
  }

  /** The CPU whose local maps an address is of; no line says on which one the driver runs. */
  private int cpuOf(long virt) {
    int index = highmem.config().localIndex(virt);
    return index < 0 ? 0 : index / highmem.config().kmMaxIdx();
  }

  private void address(long got) {
    String shown = got == Highmem.NONE ? "none" : Long.toHexString(got);
    compare("address", Long.toHexString(section.virt()), shown, section.text());
  }

  private void kunmap(int pfn) throws BadRecording {
    if (highmem.isHighmem(pfn)) {
      int slot = highmem.pkmap().slotOf(pfn);
      require(slot >= 0 && highmem.pkmap().count(slot) > 1);
    }
    highmem.kunmap(pfn);
  }

  private void unmapLocal(long virt) throws BadRecording {
    boolean lowmem = highmem.config().localIndex(virt) < 0;
    int cpu = cpuOf(virt);
    require(lowmem || virt == highmem.locals().top(cpu));
    boolean atomic = lowmem ? false : highmem.locals().topIsAtomic(cpu);
    highmem.unmapLocal(cpu, virt, atomic);
  }

  private void require(boolean held) throws BadRecording {
    if (!held) {
      throw bad("'" + section.text() + "' gives back what the scenario does not hold");
    }
  }

  private BadRecording bad(String what) {
    return new BadRecording(file, section.line(), what);
  }
}
