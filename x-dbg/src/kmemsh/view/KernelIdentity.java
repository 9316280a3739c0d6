package kmemsh.view;

/**
 * What the machine and its kernel are, as far as files under /proc tell it.
 *
 * @param smp whether the kernel is built for several CPUs
 * @param nrNodes nodes the machine was cut into
 */
public record KernelIdentity(boolean i386, boolean pae, boolean smp, int nrCpus, int nrNodes) {}
