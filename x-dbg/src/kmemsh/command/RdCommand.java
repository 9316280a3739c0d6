package kmemsh.command;

import java.util.ArrayList;
import java.util.List;
import kmemsh.lang.Value;
import kmemsh.machine.Machine;
import kmemsh.op.Refused;
import kmemsh.session.Session;
import kmemsh.view.Addr;
import kmemsh.view.MemoryDump;

/** {@code rd [ADDR] [N]}: reads memory through any mapping. */
final class RdCommand extends Command {
  private static final int MOST_BYTES = 1 << 20;

  RdCommand() {
    super(
        widths(new Usage("rd", CommandTable.CONTENTS, "Read memory"))
            .optional("ADDR", ArgKind.VALUE, "the last value", "an address, an object or a page")
            .optional("N", ArgKind.COUNT, "1", "how many units"));
  }

  /** Adds the options that name a unit. */
  static Usage widths(Usage usage) {
    return usage
        .flag("-8", "units of a byte")
        .flag("-16", "units of 2 bytes")
        .flag("-32", "units of 4 bytes")
        .flag("-64", "units of 8 bytes");
  }

  /** The unit that was named, or a word of the machine, in bytes. */
  static int unitBytes(Arguments arguments) {
    int unit = 0;
    for (int bits = 8; bits <= 64; bits *= 2) {
      if (arguments.hasOption("-" + bits)) {
        if (unit != 0) {
          throw new Refused("-" + unit * 8 + " and -" + bits + " exclude each other");
        }
        unit = bits / 8;
      }
    }
    boolean i386 = arguments.session().machine().profile().i386();
    return unit != 0 ? unit : i386 ? Integer.BYTES : Long.BYTES;
  }

  @Override
  public Reply run(Arguments arguments) {
    Session session = arguments.session();
    Machine machine = session.machine();
    long address = MemoryAccess.address(machine, value(arguments));
    int unit = unitBytes(arguments);
    int nr = arguments.has(1) ? arguments.count(1, MOST_BYTES / unit) : 1;
    MemoryAccess.mapped(session, address, (long) nr * unit, false);
    session.reveal();
    List<Addr> values = new ArrayList<>(nr);
    for (int i = 0; i < nr; i++) {
      values.add(new Addr(machine.read(address + (long) i * unit, unit)));
    }
    boolean wide = !machine.profile().i386();
    return Reply.of(new MemoryDump(new Addr(address), unit, wide, values));
  }

  private static Value value(Arguments arguments) {
    if (arguments.has(0)) {
      return arguments.value(0);
    }
    Value last = arguments.lab().values().last();
    boolean address = last != null && last.isAddress();
    return arguments.valueOrLast(0, address ? last.kind() : Value.PAGE);
  }
}
