package kmemsh.shell;

import java.util.List;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The program's options as a picocli model, for help, man page and completion script. */
final class ProgramModel {
  private ProgramModel() {}

  /** The model; made from {@link ProgramOption#ALL}. */
  static CommandLine commandLine() {
    CommandSpec spec = CommandSpec.create().name("kmemsh");
    for (ProgramOption option : ProgramOption.ALL) {
      spec.addOption(optionOf(option));
    }
    spec.addPositional(
        PositionalParamSpec.builder()
            .index("0")
            .arity("0..1")
            .paramLabel("SCRIPT")
            .type(java.io.File.class)
            .description(
                "A file of commands. With '-', or when standard input is no terminal, commands are"
                    + " read from there.")
            .build());
    spec.usageMessage()
        .description("A Linux kernel-memory laboratory at the terminal.")
        .sortOptions(false)
        .customSynopsis(
            "kmemsh [OPTIONS] [SCRIPT | -c COMMANDS]",
            "       kmemsh [OPTIONS] replay|verify|help|completion [ARGUMENTS]")
        .footer(
            "",
            "Without a script, at a terminal: a prompt. 'help' there lists the commands.",
            "Exit status: 0 all commands did what they say, 1 one was refused or an",
            "assertion failed, 2 wrong usage, 3 replay skipped sections.");
    return new CommandLine(spec);
  }

  private static OptionSpec optionOf(ProgramOption option) {
    String[] names =
        option.shortName.isEmpty()
            ? new String[] {option.longName}
            : option.longName.isEmpty()
                ? new String[] {option.shortName}
                : new String[] {option.shortName, option.longName};
    OptionSpec.Builder builder = OptionSpec.builder(names).description(option.description);
    if (option.takesValue()) {
      builder.type(String.class).paramLabel(option.label).completionCandidates(candidates(option));
    } else {
      builder.type(boolean.class);
    }
    return builder.build();
  }

  private static List<String> candidates(ProgramOption option) {
    return switch (option.name()) {
      case ProgramOption.MACHINE -> List.of("i386", "x86_64");
      case ProgramOption.SLAB -> List.of("slab", "slub", "slob");
      case ProgramOption.OUTPUT -> List.of("text", "plain", "json");
      case ProgramOption.COLOR -> List.of("auto", "always", "never");
      default -> List.of();
    };
  }

  /** What {@code --help} prints. */
  static String help() {
    return commandLine().getUsageMessage(CommandLine.Help.Ansi.OFF);
  }

  /**
   * What {@code kmemsh completion SHELL} prints: a script for bash that zsh reads as well.
   *
   * @throws UsageError when {@code words} is not one shell
   */
  static String completion(List<String> words) throws UsageError {
    if (words.size() != 1 || !(words.get(0).equals("bash") || words.get(0).equals("zsh"))) {
      String given = words.isEmpty() ? "completion" : String.join(" ", words);
      throw new UsageError(given + ": the shell to complete for is bash or zsh");
    }
    CommandLine program = commandLine();
    for (String word : Options.WORDS) {
      program.addSubcommand(word, CommandSpec.create());
    }
    return AutoComplete.bash("kmemsh", program);
  }
}
