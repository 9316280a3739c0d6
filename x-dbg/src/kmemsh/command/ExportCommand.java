package kmemsh.command;

import kmemsh.view.TreeExported;

/** {@code export DIR}: the simulated /proc and /sys as files of the real machine. */
final class ExportCommand extends Command {
  private static final String PAGES = "--pages";

  ExportCommand() {
    super(
        new Usage("export", CommandTable.SESSION, "Write the simulated /proc and /sys as files")
            .flag(PAGES, "kpageflags and kpagecount too: 16 bytes for each page frame")
            .required("DIR", ArgKind.FILE, "new, empty, or made by export before"));
  }

  @Override
  public Reply run(Arguments arguments) {
    String directory = arguments.word(0);
    boolean pages = arguments.hasOption(PAGES);
    TreeExport export = new TreeExport(arguments.session().machine().files(), pages);
    export.write(directory);
    return Reply.of(new TreeExported(directory, export.nrFiles(), export.nrBytes(), pages));
  }
}
