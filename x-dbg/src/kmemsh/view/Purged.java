package kmemsh.view;

/** Freed addresses, in pages, that may be used again from now on. */
public record Purged(long pages) {}
