package kmemsh.machine;

/** A machine's options as they are typed. */
final class ProfileText {
  private static final String UNITS = "KMGT";

  private ProfileText() {}

  /** The options that make this machine again, as they are typed after {@code reboot}. */
  static String options(Profile of) {
    String mem = of.isBuiltIn() ? " --mem " + size(of.memBytes()) : "";
    String cpus = of.nrCpus() == 1 ? "" : " --cpus " + of.nrCpus();
    String nodes = of.nrNodes() == 1 ? "" : " --nodes " + of.nrNodes();
    String boot = of.slubDebug().isEmpty() ? "" : " --slub_debug " + quoted(of.slubDebug());
    String nomerge = of.slabNomerge() ? " --slab_nomerge" : "";
    String more = of.i386() && of.pae() && !of.mustPae() ? " --pae" : "";
    more += options(of.address());
    more += of.unsafe() ? " --unsafe" : "";
    more += of.noHashPointers() ? " --no_hash_pointers" : "";
    String slab = " --slab " + of.slab();
    return "--machine " + of.name() + mem + cpus + nodes + slab + boot + nomerge + more;
  }

  /** What was typed at the kernel's boot, as /proc/cmdline shows it, each with a blank before. */
  static String bootOptions(Profile of) {
    return (of.nrNodes() > 1 ? " numa=fake=" + of.nrNodes() : "")
        + (of.slubDebug().isEmpty() ? "" : " slub_debug=" + of.slubDebug())
        + (of.slabNomerge() ? " slab_nomerge" : "")
        + (of.noHashPointers() ? " no_hash_pointers" : "")
        + bootOptions(of.address());
  }

  private static String options(AddressOptions of) {
    return (of.split().equals("3G") ? "" : " --split " + of.split())
        + (of.vmallocBytes() == 0 ? "" : " --vmalloc " + size(of.vmallocBytes()))
        + (of.highmemBytes() == AddressOptions.NOT_GIVEN
            ? ""
            : " --highmem " + size(of.highmemBytes()));
  }

  /** Those that the kernel takes at its boot; a split is built in. */
  private static String bootOptions(AddressOptions of) {
    return (of.vmallocBytes() == 0 ? "" : " vmalloc=" + size(of.vmallocBytes()))
        + (of.highmemBytes() == AddressOptions.NOT_GIVEN
            ? ""
            : " highmem=" + size(of.highmemBytes()));
  }

  /** A size as people type it: 1280M, 4G. */
  static String size(long bytes) {
    int unit = 0;
    while (unit < UNITS.length() && bytes != 0 && (bytes >>> (10 * unit) & 1023) == 0) {
      unit++;
    }
    return (bytes >>> (10 * unit)) + (unit == 0 ? "" : UNITS.substring(unit - 1, unit));
  }

  private static String quoted(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (!Character.isLetterOrDigit(text.charAt(i))) {
        return "'" + text + "'";
      }
    }
    return text;
  }
}
