package kmemsh.capture;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a recording of a real kernel section by section, in memory that does not grow with the
 * file.
 *
 * <pre>
 *   nextSection  BOOT   readBoot
 *   nextSection  PAGE   readPage, then next() of what it gives
 *   nextSection  STATE  readState
 *   nextSection  OBJ    skipSection, or just go on
 *   nextSection  null   the end
 * </pre>
 *
 * <p>The lines that describe the machine stand behind BOOT; {@link #machine} has them once {@link
 * #nextSection} has given the section after it, or null. To add a kind of section, write a class
 * like {@link PageSection} and a method like {@link #readPage}.
 *
 * <p>The format: recordings/FORMAT.md
 */
public final class RecordingReader implements AutoCloseable {
  private static final int MAX_WORD = 64;
  private static final int MAX_PARAMETERS = 4096;
  private static final String VERSION = "#kmoracle 1";
  private static final List<String> KINDS =
      List.of(
          "BOOT", "PAGE", "STATE", "OBJ", "KMALLOC", "GEOM", "VMALLOC", "KMAP", "COMPACT", "CMA");

  private final RecordingInput in;
  private final StateReader.Kernel kernel = new StateReader.Kernel();
  private final MachineReader machineReader;
  private RecordedMachine machine;
  private SectionHead head;
  private boolean inSection;
  private boolean versionSeen;
  private boolean over;
  private long skippedOperations;

  private RecordingReader(RecordingInput in) {
    this.in = in;
    this.machineReader = new MachineReader(in, kernel);
  }

  /** Every kind of section a recording may have. */
  public static List<String> kinds() {
    return KINDS;
  }

  /** Opens a recording, plain or gzip. */
  public static RecordingReader open(Path file) throws BadRecording {
    return new RecordingReader(RecordingInput.open(file));
  }

  /** Reads from {@code in}, which {@link #close} closes; {@code name} is for messages. */
  public static RecordingReader open(String name, InputStream in) throws BadRecording {
    return new RecordingReader(RecordingInput.open(name, in));
  }

  /**
   * Goes to the next section; what is left of the present one is passed over.
   *
   * @return null at the end of the recording
   */
  public SectionHead nextSection() throws BadRecording {
    if (inSection) {
      skipSection();
    }
    while (!over) {
      if (in.line() == 1 && in.peek() != '#' && in.peek() != 'B') {
        throw noHeader();
      }
      if (in.peek() == '#') {
        readComment();
      } else if (readTopLine(in.word(MAX_WORD))) {
        return head;
      }
    }
    return null;
  }

  private BadRecording noHeader() throws BadRecording {
    if (in.peek() == RecordingInput.END) {
      return new BadRecording(in.name(), 0, "is empty, a recording begins with " + VERSION);
    }
    return in.bad("this is no recording: it begins with neither " + VERSION + " nor BEGIN BOOT");
  }

  private void readComment() throws BadRecording {
    in.expect('#');
    if (in.peek() != 'k') {
      in.skipLine();
      return;
    }
    String text = "#" + in.restOfLine(MAX_PARAMETERS);
    if (text.equals(VERSION)) {
      versionSeen = true;
    } else if (text.startsWith("#kmoracle")) {
      throw new BadRecording(
          in.name(), in.line() - 1, RecordingInput.shown(text) + " is not " + VERSION);
    }
  }

  /** Whether the line began a section. */
  private boolean readTopLine(String tag) throws BadRecording {
    switch (tag) {
      case "BEGIN" -> {
        readBegin();
        return true;
      }
      case "EOF" -> {
        readEof();
        return false;
      }
      default -> {
        if (machine != null || !machineReader.read(tag)) {
          throw notARecord(tag, "a recording outside its sections");
        }
        return false;
      }
    }
  }

  private void readBegin() throws BadRecording {
    long line = in.line();
    in.blank();
    String kind = in.word(MAX_WORD);
    if (!KINDS.contains(kind)) {
      throw in.bad("'" + RecordingInput.shown(kind) + "' is not a kind of section");
    }
    if (!kind.equals("BOOT")) {
      finishMachine();
    }
    head = new SectionHead(kind, in.restOfLine(MAX_PARAMETERS).strip(), line);
    skippedOperations = 0;
    inSection = true;
  }

  private void finishMachine() throws BadRecording {
    if (machine != null) {
      return;
    }
    if (!versionSeen) {
      throw in.bad("there is no line " + VERSION + " before this one");
    }
    machine = machineReader.finish();
  }

  private void readEof() throws BadRecording {
    finishMachine();
    in.endLine();
    if (in.peek() != RecordingInput.END) {
      throw in.bad("something follows the line EOF");
    }
    over = true;
  }

  /** The machine, or null before the first section behind BOOT was reached. */
  public RecordedMachine machine() {
    return machine;
  }

  /** Reads the BOOT section that {@link #nextSection} has given. */
  public BootSection readBoot() throws BadRecording {
    begin("BOOT");
    List<BootSection.Range> memory = new ArrayList<>();
    List<BootSection.Range> reserved = new ArrayList<>();
    RecordedState state = null;
    while (true) {
      String tag = in.tag(MAX_WORD);
      if (tag.equals("MEMBLOCK")) {
        readRange(memory, reserved);
      } else if (tag.equals("STATE") && state == null) {
        state = new StateReader(in, kernel).read();
      } else if (tag.equals("END")) {
        readEnd("BOOT");
        break;
      } else {
        throw notARecord(tag, "a BOOT section");
      }
    }
    if (state == null) {
      throw in.bad("the BOOT section has no STATE");
    }
    return new BootSection(memory, reserved, state);
  }

  private void readRange(List<BootSection.Range> memory, List<BootSection.Range> reserved)
      throws BadRecording {
    in.blank();
    String which = in.word(MAX_WORD);
    if (!which.equals("memory") && !which.equals("reserved")) {
      throw in.bad("'" + RecordingInput.shown(which) + "' is neither memory nor reserved");
    }
    in.blank();
    long start = address();
    in.blank();
    long end = address();
    if (start > end) {
      throw in.bad(Long.toHexString(start) + " is behind the end " + Long.toHexString(end));
    }
    int nid = -1;
    if (!in.atLineEnd()) {
      in.blank();
      if (in.key() != RecordingInput.keyOf("nid")) {
        throw in.bad("a MEMBLOCK line has no key but nid");
      }
      nid = in.number(MachineReader.MAX_NODES - 1);
    }
    in.endLine();
    (which.equals("memory") ? memory : reserved).add(new BootSection.Range(start, end, nid));
  }

  private long address() throws BadRecording {
    long value = in.hex();
    if (value >>> 12 > StateReader.MAX_PFN) {
      throw in.bad(Long.toHexString(value) + " is beyond 1 TiB, more than a machine can have");
    }
    return value;
  }

  /** Reads the PAGE section that {@link #nextSection} has given. */
  public PageSection readPage() {
    begin("PAGE");
    inSection = true;
    return new PageSection(this, in, kernel);
  }

  /** Reads the OBJ section that {@link #nextSection} has given. */
  public ObjSection readObj() {
    begin("OBJ");
    inSection = true;
    return new ObjSection(this, in, kernel);
  }

  /** Reads the GEOM section that {@link #nextSection} has given. */
  public GeomSection readGeom() {
    begin("GEOM");
    inSection = true;
    return new GeomSection(this, in);
  }

  /** Reads the KMALLOC section that {@link #nextSection} has given. */
  public KmallocSection readKmalloc() {
    begin("KMALLOC");
    inSection = true;
    return new KmallocSection(this, in);
  }

  /** Reads the VMALLOC section that {@link #nextSection} has given. */
  public VmallocSection readVmalloc() {
    begin("VMALLOC");
    inSection = true;
    return new VmallocSection(this, in);
  }

  /** Reads the KMAP section that {@link #nextSection} has given. */
  public KmapSection readKmap() {
    begin("KMAP");
    inSection = true;
    return new KmapSection(this, in);
  }

  /** Reads the COMPACT or CMA section that {@link #nextSection} has given. */
  public CompactSection readCompact(String kind) {
    begin(kind);
    inSection = true;
    return new CompactSection(kind, this, in, kernel);
  }

  /** Reads the STATE section, a bare dump, that {@link #nextSection} has given. */
  public RecordedState readState() throws BadRecording {
    begin("STATE");
    String tag = in.tag(MAX_WORD);
    if (!tag.equals("STATE")) {
      throw notARecord(tag, "a STATE section");
    }
    RecordedState state = new StateReader(in, kernel).read();
    String end = in.tag(MAX_WORD);
    if (!end.equals("END")) {
      throw notARecord(end, "a STATE section");
    }
    readEnd("STATE");
    return state;
  }

  private void begin(String kind) {
    if (!inSection || !head.kind().equals(kind)) {
      throw new IllegalStateException("the present section is not " + kind + " or was read before");
    }
    inSection = false;
  }

  /**
   * Passes over what is left of the present section.
   *
   * @return its operations as its last line gives them, 0 where it does not
   */
  public long skipSection() throws BadRecording {
    while (inSection) {
      int first = in.peek();
      if (first == 'E' || first == 'B') {
        String tag = in.word(MAX_WORD);
        if (tag.equals("END")) {
          skippedOperations = Math.max(0, readEnd(head.kind()));
          break;
        }
        if (tag.equals("BEGIN") || tag.equals("EOF")) {
          throw in.bad("the " + head.kind() + " section of line " + head.line() + " has no END");
        }
      }
      in.skipLine();
    }
    return skippedOperations;
  }

  /** Reads the rest of an END line and gives its number of operations, or -1 without one. */
  long readEnd(String kind) throws BadRecording {
    in.blank();
    String given = in.word(MAX_WORD);
    if (!given.equals(kind)) {
      throw in.bad("'" + RecordingInput.shown(given) + "' is ended where " + kind + " should be");
    }
    long operations = -1;
    while (!in.atLineEnd()) {
      in.blank();
      if (in.key() == RecordingInput.keyOf("ops")) {
        operations = in.decimal(StateReader.MAX_COUNT);
      } else {
        in.word(MAX_WORD);
      }
    }
    in.endLine();
    inSection = false;
    return operations;
  }

  /** The complaint about a first word that has no meaning in {@code where}. */
  BadRecording notARecord(String tag, String where) throws BadRecording {
    if (tag.isEmpty()) {
      return in.unexpected("a record of " + where);
    }
    if (in.peek() == RecordingInput.END) {
      return in.cutShort();
    }
    return in.bad("'" + RecordingInput.shown(tag) + "' is not a record of " + where);
  }

  @Override
  public void close() throws BadRecording {
    in.close();
  }
}
