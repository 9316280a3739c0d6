package kmemsh.command;

import java.util.Locale;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * The picocli model of a command, made from its {@link Usage}: for the man page and completion
 * scripts. Running a line never needs it.
 */
public final class CommandSpecs {
  private CommandSpecs() {}

  /** The model of a command. */
  public static CommandSpec of(Usage usage) {
    CommandSpec spec = CommandSpec.create().name(usage.name());
    spec.usageMessage().description(usage.summary());
    for (Usage.Option option : usage.options()) {
      spec.addOption(option(option));
    }
    int index = 0;
    for (Usage.Param param : usage.params()) {
      spec.addPositional(positional(param, index++));
      if (!param.rest() && !usage.isRaw()) {
        spec.addOption(byName(param));
      }
    }
    return spec;
  }

  private static OptionSpec option(Usage.Option option) {
    OptionSpec.Builder builder =
        OptionSpec.builder(option.names().toArray(new String[0])).description(option.description());
    if (option.label().isEmpty()) {
      return builder.type(boolean.class).build();
    }
    return builder.type(String.class).paramLabel(option.label()).build();
  }

  private static PositionalParamSpec positional(Usage.Param param, int index) {
    return PositionalParamSpec.builder()
        .index(param.rest() ? index + "..*" : Integer.toString(index))
        .arity(
            param.rest() ? (param.required() ? "1..*" : "0..*") : param.required() ? "1" : "0..1")
        .type(param.rest() ? String[].class : String.class)
        .paramLabel(param.label())
        .description(param.description())
        .build();
  }

  private static OptionSpec byName(Usage.Param param) {
    return OptionSpec.builder("--" + param.label().toLowerCase(Locale.ROOT))
        .type(String.class)
        .paramLabel(param.label())
        .description(param.description())
        .hidden(true)
        .build();
  }
}
