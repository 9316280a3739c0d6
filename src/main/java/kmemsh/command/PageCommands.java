package kmemsh.command;

/**
 * Builds the commands of the first script anyone writes: the calls of the page allocator and the
 * look at its free blocks. They stand apart so that such a script need not load the list of all the
 * others.
 */
final class PageCommands {
  private PageCommands() {}

  /** A new command, or null; an {@link Object} as in {@link OtherCommands#build}. */
  static Object build(String name, Lab lab) {
    return switch (name) {
      case "alloc_pages",
          "alloc_page",
          "__get_free_pages",
          "__get_free_page",
          "get_zeroed_page",
          "__get_dma_pages" ->
          AllocCommand.of(name, lab);
      case "alloc_pages_exact" -> new AllocExactCommand(lab);
      case "alloc_pages_bulk" -> new AllocBulkCommand(lab);
      case "split_page" -> new SplitPageCommand(lab);
      case "free_pages", "free_page", "__free_pages", "__free_page", "free_pages_exact" ->
          FreeCommand.of(name, lab);
      case "page_address", "virt_to_page", "pfn_to_page" -> ConvertCommand.of(name, lab);
      case "drain_pages" -> new DrainPagesCommand();
      case "buddyinfo" -> new BuddyinfoCommand();
      default -> null;
    };
  }
}
