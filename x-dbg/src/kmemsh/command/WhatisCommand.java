package kmemsh.command;

import kmemsh.lang.Value;
import kmemsh.machine.Machine;
import kmemsh.machine.MachineQueries;
import kmemsh.view.WhatIsObject;

/** {@code whatis [VALUE]}: what an address or a frame number means. */
final class WhatisCommand extends LookCommand {
  WhatisCommand() {
    super(
        new Usage("whatis", CommandTable.LOOKING, "Tell what an address or a pfn is")
            .optional("VALUE", ArgKind.VALUE, "the last page or address", "an address or a pfn"));
  }

  @Override
  public Reply run(Arguments arguments) {
    Value value = value(arguments);
    MachineQueries machine = machine(arguments);
    if (value.kind() == Value.PAGE || isPfn(value, arguments.session().machine())) {
      return Reply.of(machine.whatIsPfn(value.number()));
    }
    long address = arguments.has(0) ? arguments.address(0) : value.number();
    WhatIsObject object = machine.whatIsObject(address);
    return Reply.of(object == null ? machine.whatIsAddress(address) : object);
  }

  private static Value value(Arguments arguments) {
    Value last = arguments.lab().values().last();
    boolean address = last != null && last.isAddress();
    return arguments.valueOrLast(0, address ? Value.ADDRESS : Value.PAGE);
  }

  /** A number below the first kernel address is a pfn as far as the machine has frames. */
  private static boolean isPfn(Value value, Machine machine) {
    return value.kind() == Value.NUMBER
        && value.number() >= 0
        && value.number() < machine.nrFrames();
  }
}
