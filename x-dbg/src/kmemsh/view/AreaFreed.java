package kmemsh.view;

/**
 * An area that was given back.
 *
 * @param virt the address that was given back, 0 for NULL
 * @param lazyPages that wait for a purge from now on
 * @param lazyMaxPages that may wait
 */
public record AreaFreed(Addr virt, long lazyPages, long lazyMaxPages) {}
