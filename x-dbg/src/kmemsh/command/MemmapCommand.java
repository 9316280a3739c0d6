package kmemsh.command;

import kmemsh.lang.Value;
import kmemsh.machine.Machine;
import kmemsh.machine.MachineQueries;
import kmemsh.op.Refused;
import kmemsh.view.MemMap;

/** {@code memmap [ZONE] [--zoom RANGE]}: a map of memory. */
final class MemmapCommand extends LookCommand {
  private static final String ZOOM = "--zoom";
  private static final int BLOCK = 1024;

  MemmapCommand() {
    super(
        new Usage("memmap", CommandTable.LOOKING, "Draw a map of memory")
            .optional("ZONE", ArgKind.ZONE, "all zones", "one zone")
            .option(
                "-z " + ZOOM,
                "RANGE",
                ArgKind.PAGE,
                "all of it",
                "frames START-END, or around one page"));
  }

  @Override
  public Reply run(Arguments arguments) {
    MachineQueries queries = machine(arguments);
    String zone = zone(arguments, 0);
    if (!arguments.hasOption(ZOOM)) {
      return Reply.of(queries.memMap(zone));
    }
    String range = arguments.option(ZOOM);
    int dash = range.indexOf('-', 1);
    MemMap map;
    if (dash > 0) {
      int start = frame(arguments, range.substring(0, dash));
      int last = frame(arguments, range.substring(dash + 1));
      if (start > last) {
        throw new Refused(range + " is no range: its start lies behind its end");
      }
      map = queries.frames().memMap(zone, start, last + 1, -1);
    } else {
      int pfn = frame(arguments, range);
      int start = pfn & -BLOCK;
      map = queries.frames().memMap(zone, start, start + BLOCK, pfn);
    }
    if (map.zones().isEmpty()) {
      throw new Refused(range + " has no frame in " + (zone.isEmpty() ? "a zone" : "zone " + zone));
    }
    return Reply.of(map);
  }

  private static int frame(Arguments arguments, String word) {
    Machine machine = arguments.session().machine();
    Value value = arguments.evaluate(word);
    long number = value.number();
    boolean known = value.kind() == Value.PAGE || value.kind() == Value.NUMBER;
    int behind = known && number < machine.nrFrames() ? -1 : machine.pfnOf(number);
    long pfn = behind == Machine.NO_PFN ? number : behind;
    if ((value.kind() > Value.ADDRESS && !value.isAddress())
        || pfn < 0
        || pfn >= machine.nrFrames()) {
      throw new Refused(
          word
              + " is no frame of this machine: pfns are 0..0x"
              + Integer.toHexString(machine.nrFrames() - 1));
    }
    return (int) pfn;
  }
}
