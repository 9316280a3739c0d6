package kmemsh.view;

/**
 * NULL from an object allocator, which is a result and no error.
 *
 * @param gfp the mask as the kernel prints it; empty where it has no part in it
 * @param reason why, in a few words, without a full stop
 */
public record NullObject(String gfp, String reason) {}
