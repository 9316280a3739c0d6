package kmemsh.command;

import java.nio.charset.StandardCharsets;
import kmemsh.machine.Machine;
import kmemsh.op.FillMemory;
import kmemsh.op.Op;
import kmemsh.op.Refused;
import kmemsh.op.WriteMemory;
import kmemsh.session.Session;
import kmemsh.view.Addr;
import kmemsh.view.MemoryWritten;
import kmemsh.view.Refusal;

/** {@code wr ADDR VALUE}, {@code fill ADDR LEN BYTE} and {@code write ADDR TEXT}. */
final class WriteCommand extends OpCommand {
  private static final int MOST_BYTES = 1 << 24;

  private final Session session;

  private WriteCommand(Usage usage, Lab lab) {
    super(usage);
    session = lab.session();
  }

  /** The command of that name. */
  static WriteCommand of(String name, Lab lab) {
    Usage usage =
        switch (name) {
          case "wr" -> RdCommand.widths(new Usage(name, CommandTable.CONTENTS, "Write a word"));
          case "fill" -> new Usage(name, CommandTable.CONTENTS, "Fill memory with one byte");
          default -> new Usage(name, CommandTable.CONTENTS, "Write a text to memory");
        };
    usage.required("ADDR", ArgKind.VALUE, "an address, an object or a page");
    switch (name) {
      case "wr" -> usage.required("VALUE", ArgKind.VALUE, "the value of the word");
      case "fill" ->
          usage
              .required("LEN", ArgKind.BYTES, "how many bytes")
              .required("BYTE", ArgKind.COUNT, "0 to 255");
      default -> usage.required("TEXT", ArgKind.WORD, "its bytes, no zero behind them");
    }
    return new WriteCommand(usage, lab);
  }

  @Override
  public Op bind(Arguments arguments) {
    long address = MemoryAccess.address(session.machine(), arguments.value(0));
    return switch (usage().name()) {
      case "wr" -> word(arguments, address);
      case "fill" -> filled(arguments, address);
      default -> text(arguments, address);
    };
  }

  private Op word(Arguments arguments, long address) {
    int unit = RdCommand.unitBytes(arguments);
    long value = arguments.address(1);
    if (unit < Long.BYTES && value >> 8 * unit != 0 && value >> 8 * unit - 1 != -1) {
      throw new Refused("0x" + Long.toHexString(value) + " does not fit into " + unit + " bytes");
    }
    if ((address & (unit - 1)) != 0) {
      throw new Refused(
          new Refusal(
              MemoryAccess.hex(address) + " is no multiple of " + unit + ": words are aligned",
              "A real x86 would do it, no longer in one piece",
              "wr -8"));
    }
    byte[] bytes = new byte[unit];
    for (int i = 0; i < unit; i++) {
      bytes[i] = (byte) (value >>> 8 * i);
    }
    return bytes(address, bytes);
  }

  private Op filled(Arguments arguments, long address) {
    long length = arguments.bytes(1);
    if (length == 0 || length > MOST_BYTES) {
      throw new Refused(length + " is no length: it is 1 to " + MOST_BYTES + " bytes");
    }
    int value = arguments.inRange(2, 0, 255);
    MemoryAccess.mapped(session, address, length, true);
    session.reveal();
    return new FillMemory(address, length, value);
  }

  private Op text(Arguments arguments, long address) {
    byte[] bytes = arguments.word(1).getBytes(StandardCharsets.UTF_8);
    if (bytes.length == 0) {
      throw new Refused("the text is empty: there is nothing to write");
    }
    return bytes(address, bytes);
  }

  private Op bytes(long address, byte[] bytes) {
    MemoryAccess.mapped(session, address, bytes.length, true);
    session.reveal();
    return new WriteMemory(address, bytes);
  }

  @Override
  public Reply reply(Op op, long result) {
    long address = op instanceof FillMemory fill ? fill.address() : ((WriteMemory) op).address();
    Machine machine = session.machine();
    return Reply.of(
        new MemoryWritten(new Addr(address), new Addr(machine.translate(address)), result));
  }
}
