package kmemsh.text;

/** What a span of text means. Only the shell knows which colour, if any, shows it. */
public enum Style {
  PLAIN,
  HEAD,
  FREE,
  USED,
  RESERVED,
  CHANGED,
  WRONG,
  NUMBER,
  NAME,
  HINT,
  COMMAND,
  OPTION,
  STRING,
  COMMENT
}
