package kmemsh.machine;

import kmemsh.mm.highmem.HighmemConfig;
import kmemsh.mm.vmalloc.AddressLayout;

/** Where the windows to HighMem lie. Spec: mappings.md 1.2, 1.3 */
final class HighmemLayout {
  private HighmemLayout() {}

  /** The windows of {@code profile}; of size 0 on x86_64. */
  static HighmemConfig of(Profile profile) {
    if (!profile.i386()) {
      int end = profile.maxPfn();
      return new HighmemConfig(0, 0, 0, 0, 0, profile.nrCpus(), end, end);
    }
    AddressLayout layout = Layouts.of(profile);
    return new HighmemConfig(
        layout.pkmapBase,
        layout.lastPkmap,
        layout.fixaddrTop,
        layout.fixKmapBegin,
        AddressLayout.KM_MAX_IDX,
        profile.nrCpus(),
        profile.endOfLowmem(),
        profile.maxPfn());
  }
}
