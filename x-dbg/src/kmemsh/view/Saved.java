package kmemsh.view;

/** A session was written to a file of so many lines. */
public record Saved(String file, long lines) {}
