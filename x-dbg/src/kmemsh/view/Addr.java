package kmemsh.view;

/** A virtual or physical address; JSON and text show it in hex, compared as unsigned. */
public record Addr(long value) {}
