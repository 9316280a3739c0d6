package kmemsh.view;

/**
 * An area that was given back.
 *
 * @param virt the address that was given back, 0 for NULL
 * @param lazyPages that wait for a purge from now on
 * @param lazyMaxPages that may wait
 * @param deferred whether a worker frees it later, since vfree was called in interrupt context
 * @param passedOver whether nothing was done: iounmap of an address of low memory
 */
public record AreaFreed(
    Addr virt, long lazyPages, long lazyMaxPages, boolean deferred, boolean passedOver) {}
