package kmemsh.view;

/**
 * A physical address and the virtual one that the linear map has for it.
 *
 * @param virt null where the linear map does not reach
 * @param why it does not, else empty
 */
public record PhysToVirt(Addr phys, Addr virt, String why) {}
