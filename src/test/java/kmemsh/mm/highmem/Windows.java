package kmemsh.mm.highmem;

/** The windows of machines that the spec gives addresses for. */
final class Windows {
  /** First HighMem frame of the oracle's i386. */
  static final int START = 226302;

  /** The oracle's i386: one CPU, 1280 MiB. Spec: mappings.md 1.3 */
  static final HighmemConfig UP =
      new HighmemConfig(0xff400000L, 1024, 0xfffff000L, 3, 16, 1, START, 327648);

  /** i386 for 4 CPUs with an APIC. Spec: mappings.md 1.3 */
  static final HighmemConfig SMP =
      new HighmemConfig(0xff400000L, 1024, 0xfffff000L, 68, 16, 4, START, 327648);

  private Windows() {}
}
