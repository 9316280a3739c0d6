package kmemsh.view;

import java.util.List;

/** What notes and blogs get wrong, each as a claim in its own words. */
public record Myths(List<String> claims) {}
