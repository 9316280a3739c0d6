package kmemsh.command;

/** A command's line as it is typed. */
final class Synopsis {
  private Synopsis() {}

  /** {@code alloc_pages ORDER [GFP]}. */
  static String of(Usage usage) {
    StringBuilder out = new StringBuilder(usage.name());
    for (Usage.Option option : usage.options()) {
      out.append(" [").append(option.names().get(0));
      out.append(option.label().isEmpty() ? "" : " ").append(option.label()).append(']');
    }
    for (Usage.Param param : usage.params()) {
      out.append(param.required() ? " " : " [").append(param.label());
      out.append(param.rest() ? "..." : "").append(param.required() ? "" : "]");
    }
    return out.append(usage.hasRedirect() ? " [> PATH]" : "").toString();
  }
}
