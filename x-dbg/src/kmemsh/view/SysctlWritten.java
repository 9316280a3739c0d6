package kmemsh.view;

/** A setting took a value that nothing in the model reads. */
public record SysctlWritten(String name, String value) {}
