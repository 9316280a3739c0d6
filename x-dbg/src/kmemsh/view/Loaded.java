package kmemsh.view;

/** A session was read from a file; so many of its lines were run. */
public record Loaded(String file, long lines) {}
