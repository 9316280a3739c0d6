package kmemsh.view;

/**
 * What {@code export} wrote.
 *
 * @param directory as typed
 * @param files regular files
 * @param bytes of all of them
 * @param pageFiles whether kpageflags and kpagecount are among them
 */
public record TreeExported(String directory, long files, long bytes, boolean pageFiles) {}
