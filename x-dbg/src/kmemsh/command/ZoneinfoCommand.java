package kmemsh.command;

/** {@code zoneinfo [ZONE]}: free pages against watermarks, reserves, spans. */
final class ZoneinfoCommand extends LookCommand {
  ZoneinfoCommand() {
    super(
        new Usage("zoneinfo", CommandTable.LOOKING, "Draw free pages against the watermarks")
            .optional("ZONE", ArgKind.ZONE, "all zones", "one zone"));
  }

  @Override
  public Reply run(Arguments arguments) {
    return Reply.of(machine(arguments).pages().zoneInfo(zone(arguments, 0)));
  }
}
