package kmemsh.replay;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import kmemsh.capture.BadRecording;
import kmemsh.capture.BootSection;
import kmemsh.capture.ObjSection;
import kmemsh.capture.PageSection;
import kmemsh.capture.RecordedMachine;
import kmemsh.capture.RecordedState;
import kmemsh.capture.RecordingReader;
import kmemsh.capture.SectionHead;
import kmemsh.machine.Highmem;
import kmemsh.machine.Slabs;
import kmemsh.view.PageState;
import kmemsh.view.ReplayReport;
import kmemsh.view.ReplayReport.Status;

/**
 * Replays a recording of a real kernel on the model, section by section.
 *
 * <pre>
 *   try (Replayer replayer = Replayer.open(file, ReplayOptions.ALL)) {
 *     ReplayReport.Section section = replayer.next();
 *     while (section != null) { ...; section = replayer.next(); }
 *   }
 * </pre>
 *
 * <p>After a difference the rest of its section is passed over, since nothing in it can agree; the
 * next section begins with a state of its own.
 */
public final class Replayer implements AutoCloseable {
  private final Path file;
  private final ReplayOptions options;
  private final Machines machines;
  private final RecordingReader reader;
  private RecordedMachine recorded;
  private PageMachine machine;

  /** The machine's state before anything was loaded: its zones. */
  private PageState empty;

  private BootSection boot;
  private SectionHead bootHead;
  private int index = -1;

  /** The windows as the last KMAP section left them; null before the first. */
  private Highmem highmem;

  private boolean windowsLost;

  /** A head that was read while looking for what stands before it, still to be replayed. */
  private SectionHead pending;

  private volatile boolean cancelled;

  Replayer(Path file, ReplayOptions options, Machines machines) throws BadRecording {
    this.file = file;
    this.options = options;
    this.machines = machines;
    this.reader = RecordingReader.open(file);
  }

  /** Opens a recording, plain or gzip. */
  public static Replayer open(Path file, ReplayOptions options) throws BadRecording {
    return new Replayer(file, options, new ModelMachines(file.toString()));
  }

  /** Stops the replay from another thread: {@link #next} gives null at the next record. */
  public void cancel() {
    cancelled = true;
  }

  public boolean isCancelled() {
    return cancelled;
  }

  /**
   * Replays the next section that was asked for.
   *
   * @return what was found; null at the end of the recording, and once cancelled
   */
  public ReplayReport.Section next() throws BadRecording {
    while (!cancelled) {
      SectionHead head = pending != null ? pending : nextHead();
      pending = null;
      if (bootHead != null) {
        SectionHead of = bootHead;
        bootHead = null;
        pending = head;
        if (options.wants("BOOT")) {
          return bootReport(of);
        }
        continue;
      }
      if (head == null) {
        return null;
      }
      if (!options.wants(head.kind())) {
        reader.skipSection();
        continue;
      }
      ReplayReport.Section report = replay(head);
      if (!cancelled) {
        return report;
      }
    }
    return null;
  }

  /** Goes to the next section; a BOOT section is kept until the machine's lines were read. */
  private SectionHead nextHead() throws BadRecording {
    SectionHead head = nextSection();
    if (head != null && head.kind().equals("BOOT")) {
      boot = reader.readBoot();
      bootHead = head;
      head = nextSection();
      if (head != null && head.kind().equals("BOOT")) {
        throw new BadRecording(file.toString(), head.line(), "there is a second BOOT section");
      }
    }
    if (recorded == null) {
      recorded = reader.machine();
    }
    return head;
  }

  private SectionHead nextSection() throws BadRecording {
    index++;
    return reader.nextSection();
  }

  private ReplayReport.Section replay(SectionHead head) throws BadRecording {
    return switch (head.kind()) {
      case "PAGE" -> pages(head);
      case "STATE" -> bareState(head);
      case "OBJ" -> objects(head);
      case "GEOM" -> geometries(head);
      case "KMALLOC" -> kmallocs(head);
      case "VMALLOC" -> vmallocs(head);
      case "KMAP" -> kmaps(head);
      case "COMPACT", "CMA" -> compactions(head);
      default -> skipped(head);
    };
  }

  private static ReplayReport.Section report(
      SectionHead head,
      long operations,
      long compared,
      Status status,
      List<ReplayReport.Difference> differences,
      String note) {
    return new ReplayReport.Section(
        head.kind(),
        head.parameters(),
        head.line(),
        operations,
        compared,
        status,
        differences,
        note);
  }

  private static ReplayReport.Section report(
      SectionHead head, long operations, long compared, ReplayReport.Difference found) {
    return report(head, operations, compared, found, "");
  }

  private static ReplayReport.Section report(
      SectionHead head,
      long operations,
      long compared,
      ReplayReport.Difference found,
      String note) {
    return found == null
        ? report(head, operations, compared, Status.IDENTICAL, List.of(), note)
        : report(head, operations, compared, Status.DIFFERENT, List.of(found), note);
  }

  private PageMachine machine() throws BadRecording {
    if (machine == null) {
      machine = machines.forRecording(recorded, boot);
      empty = machine.pageState();
    }
    return machine;
  }

  private ReplayReport.Section bootReport(SectionHead head) throws BadRecording {
    StateCompare states = new StateCompare();
    RecordedState expected = boot.state();
    PageMachine booted = machine();
    booted.handOver();
    Mismatch found = states.compare(expected, booted.pageState());
    return report(
        head,
        0,
        states.compared(),
        stateDifference(found, expected, "from memblock to free lists"));
  }

  private static ReplayReport.Difference stateDifference(
      Mismatch found, RecordedState state, String text) {
    return found == null
        ? null
        : new ReplayReport.Difference(
            found.what(),
            0,
            state.line(),
            text,
            found.expected(),
            found.got(),
            List.of(),
            found.around());
  }

  /** A bare dump: what was loaded has to come out again. */
  private ReplayReport.Section bareState(SectionHead head) throws BadRecording {
    RecordedState state = reader.readState();
    PageMachine loaded = machine();
    String problem = new StateCheck(recorded, empty).problem(state.state());
    if (!problem.isEmpty()) {
      throw new BadRecording(file.toString(), state.line(), "the state cannot be: " + problem);
    }
    loaded.load(state.state());
    StateCompare states = new StateCompare();
    Mismatch found = states.compare(state, loaded.pageState());
    return report(head, 0, states.compared(), stateDifference(found, state, "load and dump"));
  }

  private ReplayReport.Section pages(SectionHead head) throws BadRecording {
    int[] policies = new int[recorded.nrCpus()];
    Arrays.fill(policies, InterleaveSearch.DEFAULT);
    PageReplay replay = replayPages(reader.readPage(), policies);
    String note = "";
    if (replay.difference() != null && Files.isRegularFile(file)) {
      InterleaveSearch search = new InterleaveSearch(recorded);
      PageReplay other = search.search(replay, this::replayAgain);
      if (other != null) {
        replay = other;
        note = search.note();
      }
    }
    return report(head, replay.operations(), replay.compared(), replay.difference(), note);
  }

  private ReplayReport.Section objects(SectionHead head) throws BadRecording {
    if (machine().slabs(recorded) == null) {
      return skipped(head);
    }
    int[] policies = new int[recorded.nrCpus()];
    Arrays.fill(policies, InterleaveSearch.DEFAULT);
    ObjReplay replay = replayObjects(reader.readObj(), policies, new BitSet());
    String note = "";
    if (replay.divergence() != null && Files.isRegularFile(file)) {
      ObjSearch search = new ObjSearch(recorded);
      ObjReplay other = search.search(replay, this::replayObjectsAgain);
      if (other != null) {
        replay = other;
        note = search.note();
      }
    }
    return report(head, replay.operations(), replay.compared(), replay.difference(), note);
  }

  private ObjReplay replayObjects(ObjSection objects, int[] policies, BitSet passedOver)
      throws BadRecording {
    setPolicies(policies);
    Slabs slabs = machine().slabs(recorded);
    slabs.passOver(passedOver);
    ObjReplay replay =
        new ObjReplay(file.toString(), recorded, machine(), slabs, this::isCancelled);
    replay.run(objects);
    return replay;
  }

  /** Reads the recording once more up to the present section and replays that. */
  private ObjReplay replayObjectsAgain(int[] policies, BitSet passedOver) throws BadRecording {
    try (RecordingReader again = RecordingReader.open(file)) {
      for (int i = 0; i <= index; i++) {
        again.nextSection();
      }
      return replayObjects(again.readObj(), policies, passedOver);
    }
  }

  private void setPolicies(int[] policies) throws BadRecording {
    for (int cpu = 0; cpu < policies.length; cpu++) {
      machine().setInterleave(cpu, policies[cpu]);
    }
  }

  private ReplayReport.Section skipped(SectionHead head) throws BadRecording {
    long operations = reader.skipSection();
    return report(head, operations, 0, Status.SKIPPED, List.of(), "not modelled yet");
  }

  private ReplayReport.Section geometries(SectionHead head) throws BadRecording {
    GeometryReplay replay =
        new GeometryReplay(new RecordedProfile(file.toString(), recorded).geometries(boot));
    replay.run(reader.readGeom(), this::isCancelled);
    return report(head, replay.rows(), replay.compared(), replay.difference());
  }

  private ReplayReport.Section kmallocs(SectionHead head) throws BadRecording {
    KmallocReplay replay =
        new KmallocReplay(new RecordedProfile(file.toString(), recorded).geometries(boot));
    replay.run(reader.readKmalloc(), this::isCancelled);
    return report(head, replay.rows(), replay.compared(), replay.difference());
  }

  private ReplayReport.Section vmallocs(SectionHead head) throws BadRecording {
    VmallocReplay replay = new VmallocReplay(file.toString(), recorded, this::isCancelled);
    replay.run(reader.readVmalloc());
    return report(head, replay.operations(), replay.compared(), replay.difference());
  }

  private ReplayReport.Section kmaps(SectionHead head) throws BadRecording {
    if (windowsLost) {
      String note = "what it begins with is not known after the difference before it";
      return report(head, reader.skipSection(), 0, Status.SKIPPED, List.of(), note);
    }
    if (highmem == null) {
      highmem = new RecordedProfile(file.toString(), recorded).highmem(boot);
    }
    KmapReplay replay = new KmapReplay(file.toString(), highmem, this::isCancelled);
    replay.run(reader.readKmap());
    windowsLost = replay.difference() != null;
    return report(head, replay.operations(), replay.compared(), replay.difference());
  }

  private ReplayReport.Section compactions(SectionHead head) throws BadRecording {
    PageMachine compacted = machine();
    CompactReplay replay =
        new CompactReplay(file.toString(), recorded, compacted, empty, this::isCancelled);
    replay.run(reader.readCompact(head.kind()));
    return report(head, replay.operations(), replay.compared(), replay.difference());
  }

  private PageReplay replayPages(PageSection pages, int[] policies) throws BadRecording {
    setPolicies(policies);
    PageReplay replay =
        new PageReplay(file.toString(), recorded, machine(), empty, this::isCancelled);
    replay.run(pages);
    return replay;
  }

  /** Reads the recording once more up to the present section and replays that. */
  private PageReplay replayAgain(int[] policies) throws BadRecording {
    try (RecordingReader again = RecordingReader.open(file)) {
      for (int i = 0; i <= index; i++) {
        again.nextSection();
      }
      return replayPages(again.readPage(), policies);
    }
  }

  /** Collects the reports of all sections. */
  public static ReplayReport run(Path file, ReplayOptions options) throws BadRecording {
    List<ReplayReport.Section> sections = new ArrayList<>();
    try (Replayer replayer = Replayer.open(file, options)) {
      ReplayReport.Section section = replayer.next();
      while (section != null) {
        sections.add(section);
        section = replayer.next();
      }
    }
    return new ReplayReport(file.toString(), sections);
  }

  @Override
  public void close() throws BadRecording {
    reader.close();
  }
}
