package kmemsh.command;

import kmemsh.view.Echo;

/** {@code echo TEXT} and {@code echo TEXT > PATH}. */
final class EchoCommand extends Command {
  EchoCommand() {
    super(
        new Usage("echo", CommandTable.LANGUAGE, "Print a text, or write it to a file of /proc")
            .raw()
            .rest("TEXT", ArgKind.WORD, false, "words; $1 and $p.pfn stand for their values")
            .redirects());
  }

  @Override
  public Reply run(Arguments arguments) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < arguments.nrRest(); i++) {
      String word = arguments.rest(i);
      boolean isValue = word.length() > 1 && word.charAt(0) == '$' && !arguments.restQuoted(i);
      text.append(i == 0 ? "" : " ");
      text.append(isValue ? arguments.evaluate(word).show() : word);
    }
    String path = arguments.redirect();
    if (path == null) {
      return Reply.of(new Echo(text.toString()));
    }
    ProcWriter writer = arguments.lab().procWriter();
    if (writer == null) {
      writer = new ProcTree(arguments.session());
    }
    return writer.write(path, text.toString());
  }
}
