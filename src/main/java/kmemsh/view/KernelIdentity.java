package kmemsh.view;

/**
 * What the machine and its kernel are, as far as files under /proc tell it.
 *
 * @param smp whether the kernel is built for several CPUs
 * @param nrCpus CPUs there are
 * @param physBits bits of a physical address
 * @param bootOptions what was typed at its boot, a blank before each
 */
public record KernelIdentity(
    boolean i386, boolean pae, boolean smp, int nrCpus, int physBits, String bootOptions) {}
