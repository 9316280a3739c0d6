package kmemsh.command;

/** {@code page [PFN]}: struct page of a frame. */
final class PageCommand extends LookCommand {
  PageCommand() {
    super(
        new Usage("page", CommandTable.LOOKING, "Show struct page of a frame")
            .optional("PFN", ArgKind.PAGE, "the last page", "a page, a pfn or an address"));
  }

  @Override
  public Reply run(Arguments arguments) {
    return Reply.of(machine(arguments).page(pfn(arguments, 0)));
  }
}
