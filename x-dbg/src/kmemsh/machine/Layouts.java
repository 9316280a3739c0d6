package kmemsh.machine;

import kmemsh.mm.vmalloc.AddressLayout;

/**
 * The address space of a machine from its options.
 *
 * <p>A kernel for one CPU has no APIC; one for several is built for 4, with more CPUs for 8 with
 * the options of i386_defconfig.
 *
 * <p>Spec: mappings.md 1.2 to 1.5, 2
 */
public final class Layouts {
  private static final int FEW_CPUS = 4;
  private static final int MANY_CPUS = 8;

  private Layouts() {}

  /** Where everything lies on the machine of {@code profile}. */
  public static AddressLayout of(Profile profile) {
    return profile.i386()
        ? AddressLayout.i386(
            build(profile.address(), profile.pae(), kernelCpus(profile)), profile.endOfLowmem())
        : AddressLayout.x8664(profile.maxPfn());
  }

  /** End of what can be low memory, a pfn. */
  static int maxmemPfn(AddressOptions options, boolean pae, int kernelCpus) {
    return (int) AddressLayout.i386(build(options, pae, kernelCpus), 0).maxmemPfn;
  }

  private static AddressLayout.Build build(AddressOptions options, boolean pae, int kernelCpus) {
    long reserve =
        options.vmallocBytes() == 0
            ? AddressLayout.VMALLOC_RESERVE
            : options.vmallocBytes() + AddressLayout.VMALLOC_OFFSET;
    return new AddressLayout.Build(
        options.pageOffset(),
        pae,
        true,
        kernelCpus,
        kernelCpus > 1,
        kernelCpus == MANY_CPUS,
        reserve);
  }

  /** NR_CPUS of the kernel. */
  static int kernelCpus(Profile profile) {
    return kernelCpus(profile.smp(), profile.nrCpus());
  }

  static int kernelCpus(boolean smp, int nrCpus) {
    if (!smp) {
      return 1;
    }
    return nrCpus <= FEW_CPUS ? FEW_CPUS : MANY_CPUS;
  }
}
