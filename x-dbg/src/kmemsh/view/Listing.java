package kmemsh.view;

import java.util.List;

/** The names in a directory in alphabetical order, directories with a {@code /} at their end. */
public record Listing(String path, List<String> names) {}
