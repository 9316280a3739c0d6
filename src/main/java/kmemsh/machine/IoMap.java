package kmemsh.machine;

import java.util.ArrayList;
import java.util.List;
import kmemsh.view.IoResource;

/**
 * The ranges of /proc/iomem of a kernel without PCI, which does not enter reserved ranges above 1
 * MiB. Where the kernel's parts lie is taken from the recorded kernels.
 *
 * <p>Spec: proc-and-user.md 3
 */
final class IoMap {
  private static final long MIB = 1L << 20;
  private static final long LOW_LAST = 0x9fbff;
  private static final long PAGE_LAST = 0xfff;
  private static final String SYSTEM_RAM = "System RAM";
  private static final String RESERVED = "Reserved";
  private static final String[] TYPES = {
    SYSTEM_RAM, RESERVED, "ACPI Tables", "ACPI Non-volatile Storage", "Unusable memory",
  };
  private static final String[] PARTS = {
    "Kernel code", "Kernel rodata", "Kernel data", "Kernel bss",
  };

  // As the recorded kernels i386-slab and x86_64-slub have them: first and last byte.
  private static final long[][] IMAGE_I386 = {
    {0x1000000, 0x119e2d7}, {0x119f000, 0x11fafff}, {0x11fb000, 0x12e781f}, {0x1318000, 0x137dfff},
  };
  private static final long[][] IMAGE_X86_64 = {
    {0x1000000, 0x14000ff}, {0x1600000, 0x166efff}, {0x1800000, 0x192857f}, {0x1a5a000, 0x1bfffff},
  };
  private static final long LOCAL_APIC = 0xfee00000L;

  private IoMap() {}

  static List<IoResource> of(Profile profile) {
    List<IoResource> all = new ArrayList<>();
    boolean apic = !profile.i386() || profile.smp();
    if (profile.firmware() != null) {
      return reported(profile, apic);
    }
    lowest(all, profile);
    for (long[] range : merged(profile)) {
      if (apic && range[0] > LOCAL_APIC) {
        apic = localApic(all);
      }
      ram(all, profile, range);
    }
    if (apic) {
      localApic(all);
    }
    return all;
  }

  /** What firmware's own lines say, and what a PC has in any case. */
  private static List<IoResource> reported(Profile profile, boolean apic) {
    List<IoResource> flat = new ArrayList<>();
    for (long[] row : profile.firmware()) {
      firmware(flat, profile, row);
    }
    if (profile.i386()) {
      flat.add(new IoResource(0, 0xa0000, 0xbffff, "Video RAM area"));
    }
    flat.add(new IoResource(0, 0xc0000, 0xc05ff, "Video ROM"));
    flat.add(new IoResource(0, 0xf0000, 0xfffff, "System ROM"));
    if (apic) {
      localApic(flat);
    }
    flat.sort(IoMap::outerFirst);
    return nested(flat);
  }

  /** A kernel without PCI enters no reserved ranges above 1 MiB. */
  private static void firmware(List<IoResource> all, Profile profile, long[] row) {
    int type = (int) row[2];
    if (type == Firmware.RESERVED && row[0] >= MIB) {
      return;
    }
    long start = row[0];
    if (type == Firmware.USABLE && start <= PAGE_LAST) {
      all.add(new IoResource(0, start, PAGE_LAST, RESERVED));
      start = PAGE_LAST + 1;
    }
    if (start >= row[1]) {
      return;
    }
    all.add(new IoResource(0, start, row[1] - 1, TYPES[Math.min(type, TYPES.length) - 1]));
    image(all, profile, type == Firmware.USABLE ? start : Long.MAX_VALUE, row[1]);
  }

  private static int outerFirst(IoResource a, IoResource b) {
    int order = Long.compare(a.start(), b.start());
    return order != 0 ? order : Long.compare(b.last(), a.last());
  }

  /** With levels; what lies only in part in another range is left out, as by the kernel. */
  private static List<IoResource> nested(List<IoResource> flat) {
    List<IoResource> all = new ArrayList<>();
    long[] lasts = new long[flat.size() + 1];
    int level = 0;
    for (IoResource one : flat) {
      while (level > 0 && one.start() > lasts[level - 1]) {
        level--;
      }
      if (level == 0 || one.last() <= lasts[level - 1]) {
        all.add(new IoResource(level, one.start(), one.last(), one.name()));
        lasts[level++] = one.last();
      }
    }
    return all;
  }

  private static boolean localApic(List<IoResource> all) {
    all.add(new IoResource(0, LOCAL_APIC, LOCAL_APIC + PAGE_LAST, "Local APIC"));
    return false;
  }

  /** The first MiB, which firmware lays out. */
  private static void lowest(List<IoResource> all, Profile profile) {
    all.add(new IoResource(0, 0, PAGE_LAST, RESERVED));
    all.add(new IoResource(0, PAGE_LAST + 1, LOW_LAST, SYSTEM_RAM));
    all.add(new IoResource(0, LOW_LAST + 1, 0x9ffff, RESERVED));
    if (profile.i386()) {
      all.add(new IoResource(0, 0xa0000, 0xbffff, "Video RAM area"));
    }
    all.add(new IoResource(0, 0xc0000, 0xc05ff, "Video ROM"));
    all.add(new IoResource(0, 0xf0000, 0xfffff, RESERVED));
    all.add(new IoResource(1, 0xf0000, 0xfffff, "System ROM"));
  }

  /** RAM from 1 MiB on, without the cuts between nodes. */
  private static List<long[]> merged(Profile profile) {
    List<long[]> ranges = new ArrayList<>();
    for (long[] row : profile.ram()) {
      long[] last = ranges.isEmpty() ? null : ranges.get(ranges.size() - 1);
      if (row[0] < MIB) {
        continue;
      }
      if (last != null && last[1] == row[0]) {
        last[1] = row[1];
      } else {
        ranges.add(new long[] {row[0], row[1]});
      }
    }
    return ranges;
  }

  private static void ram(List<IoResource> all, Profile profile, long[] range) {
    all.add(new IoResource(0, range[0], range[1] - 1, SYSTEM_RAM));
    image(all, profile, range[0], range[1]);
  }

  /** The parts of the kernel that lie in [start, end). */
  private static void image(List<IoResource> all, Profile profile, long start, long end) {
    long[][] image = profile.i386() ? IMAGE_I386 : IMAGE_X86_64;
    for (int i = 0; i < PARTS.length; i++) {
      if (image[i][0] >= start && image[i][1] < end) {
        all.add(new IoResource(1, image[i][0], image[i][1], PARTS[i]));
      }
    }
  }
}
