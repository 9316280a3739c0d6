package kmemsh.view;

import java.util.List;

/** The kernel's log as {@code dmesg} prints it. */
public record KernelMessages(List<String> lines) {}
