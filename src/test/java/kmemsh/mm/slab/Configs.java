package kmemsh.mm.slab;

/** Configurations for tests. */
final class Configs {
  private Configs() {}

  static SlabConfig i386(int cacheLine) {
    return of(4, cacheLine, 1, false, 0);
  }

  static SlabConfig x86(int nrCpus) {
    return of(8, 64, nrCpus, nrCpus > 1, 0);
  }

  static SlabConfig of(int word, int cacheLine, int nrCpus, boolean smp, int slubDebug) {
    int node = word == 8 ? 64 : 32;
    int descriptor = word == 8 ? 200 : 124;
    return new SlabConfig(
        word,
        cacheLine,
        nrCpus,
        nrCpus,
        new int[nrCpus],
        1,
        smp,
        false,
        true,
        300000,
        descriptor,
        node,
        false,
        true,
        -1,
        0,
        3,
        0,
        SlubDebugOption.all(slubDebug));
  }
}
