package kmemsh.command;

import kmemsh.lang.SlabFlagWords;
import kmemsh.lang.Words;
import kmemsh.machine.CacheGeometries;
import kmemsh.machine.Machine;
import kmemsh.machine.MachineOptions;
import kmemsh.machine.Profile;
import kmemsh.machine.Profiles;
import kmemsh.machine.SlabOptions;
import kmemsh.op.Refused;
import kmemsh.view.CacheGeometry;
import kmemsh.view.GeometryAnswer;
import kmemsh.view.Gfp;
import kmemsh.view.KmallocAnswer;

/** {@code slabgeom SIZE}: the slabs a cache of that size would have, and what is lost in them. */
final class SlabgeomCommand extends Command {
  private static final int MOST_BYTES = 4 << 20;
  private static final int MOST_ALIGN = 4096;
  private static final int PAGE_BYTES = 4096;
  private static final int MOST_CPUS = 8192;

  SlabgeomCommand() {
    super(
        new Usage("slabgeom", CommandTable.LOOKING, "Compute the slabs of a cache and their waste")
            .required("SIZE", ArgKind.BYTES, "bytes of an object")
            .option("--slab", "KIND", ArgKind.NAME, "this machine's", "slab, slub or slob")
            .option("--cpus", "N", ArgKind.COUNT, "this machine's", "CPUs, 1 to 8192")
            .option("--align", "A", ArgKind.BYTES, "0", "least alignment, a power of two")
            .option("--flags", "F", ArgKind.NAME, "none", "SLAB_ flags joined with |"));
  }

  @Override
  public Reply run(Arguments arguments) {
    long size = arguments.bytes(0);
    if (size < 1 || size > MOST_BYTES) {
      throw new Refused(size + " is no size of an object: it is 1 to " + MOST_BYTES + " bytes");
    }
    long align = arguments.bytesOption("--align", 0);
    if ((align & (align - 1)) != 0 || align > MOST_ALIGN) {
      throw new Refused(align + " is no alignment: it is a power of two up to " + MOST_ALIGN);
    }
    Machine machine = arguments.session().machine();
    Profile profile = profile(arguments, machine.profile());
    Machine other = profile.equals(machine.profile()) ? machine : new Machine(profile);
    int cpus = arguments.option("--cpus", profile.nrCpus(), 1, MOST_CPUS);
    Profile asked = cpus == profile.nrCpus() ? profile : profile.withCpus(cpus);
    SlabOptions options = SlabOptions.of(asked, other.pages().managedPages());
    CacheGeometries geometries = CacheGeometries.of(asked, options);
    int flags =
        arguments.hasOption("--flags") ? SlabFlagWords.parse(arguments.option("--flags")) : 0;
    CacheGeometry geometry = geometries.cache("", (int) size, (int) align, flags, false);
    if (geometry.error() != 0) {
      throw new Refused(
          size + " bytes are too many for a cache: creating it gives -EINVAL or -E2BIG");
    }
    KmallocAnswer kmalloc = geometries.kmalloc(size, Gfp.GFP_KERNEL);
    return Reply.of(answer(asked, geometry, kmalloc));
  }

  private static Profile profile(Arguments arguments, Profile now) {
    String kind = arguments.hasOption("--slab") ? arguments.option("--slab") : now.slab();
    if (!kind.equals("slab") && !kind.equals("slub") && !kind.equals("slob")) {
      throw new Refused(Words.show(kind) + " is no object allocator: there are slab, slub, slob");
    }
    int cpus = Math.min(arguments.option("--cpus", now.nrCpus(), 1, MOST_CPUS), Profiles.MAX_CPUS);
    if (kind.equals(now.slab()) && cpus == now.nrCpus()) {
      return now;
    }
    MachineOptions same = now.again(MachineTexts.read(now.name())).withSlab(kind);
    return Profiles.make(same.withCpus(cpus, Math.min(cpus, now.nrNodes())));
  }

  private static GeometryAnswer answer(
      Profile profile, CacheGeometry geometry, KmallocAnswer kmalloc) {
    int order = 0;
    int objects = 0;
    int index = 0;
    if (geometry instanceof CacheGeometry.Slab slab) {
      order = slab.order();
      objects = slab.num();
      index = slab.freelist() == CacheGeometry.Freelist.ON ? slab.freelistSize() : 0;
    } else if (geometry instanceof CacheGeometry.Slub slub) {
      order = slub.order();
      objects = slub.objects();
    }
    int bytes = objects == 0 ? 0 : PAGE_BYTES << order;
    return new GeometryAnswer(
        profile.slab(),
        profile.nrCpus(),
        bytes,
        objects,
        geometry.size() - geometry.objectSize(),
        index,
        bytes - objects * geometry.size() - index,
        kmalloc.from(),
        kmalloc.ksizeBytes(),
        geometry);
  }
}
