package kmemsh.view;

/**
 * A request that the kernel answered with NULL, which is a result and no error.
 *
 * @param order of the request
 * @param gfp its mask as the kernel prints it
 * @param reason why, in a few words, without a full stop
 */
public record NullResult(int order, String gfp, String reason) {}
