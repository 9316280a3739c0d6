package kmemsh.command;

/** {@code gfp MASK}: what a GFP mask asks for. */
final class GfpCommand extends LookCommand {
  GfpCommand() {
    super(
        new Usage("gfp", CommandTable.LOOKING, "Decode a GFP mask")
            .required("MASK", ArgKind.GFP, "names joined with |, or a number"));
  }

  @Override
  public Reply run(Arguments arguments) {
    return Reply.of(machine(arguments).gfp().decode(arguments.gfp(0)));
  }
}
