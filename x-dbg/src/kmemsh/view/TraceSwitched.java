package kmemsh.view;

import java.util.List;

/** The events that are recorded from now on, by name. */
public record TraceSwitched(List<String> events) {}
