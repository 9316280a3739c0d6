package kmemsh.command;

/** {@code machine}: the hardware and what the kernel made of it. */
final class MachineCommand extends LookCommand {
  MachineCommand() {
    super(
        new Usage("machine", CommandTable.LOOKING, "Show the hardware, its memory and its zones"));
  }

  @Override
  public Reply run(Arguments arguments) {
    return Reply.of(machine(arguments).machineInfo());
  }
}
