package kmemsh.proc;

import kmemsh.view.ProcSnapshots;
import kmemsh.view.VmallocInfo;

/**
 * /proc/vmallocinfo: a line for each area by address, then what waits for a purge.
 *
 * <p>Addresses are hashed unless the kernel was booted with no_hash_pointers or kptr_restrict is 1:
 * as long as the kernel has no random seed, as on the recorded ones, a placeholder stands for them.
 *
 * <p>Spec: mappings.md 14
 */
final class VmallocinfoFile implements ProcFile {
  private static final int VM_IOREMAP = 0x1;
  private static final int VM_ALLOC = 0x2;
  private static final int VM_MAP = 0x4;
  private static final int VM_USERMAP = 0x8;
  private static final int VM_DMA_COHERENT = 0x10;
  private static final int SIZE_COLUMNS = 7;

  @Override
  public String path() {
    return "/proc/vmallocinfo";
  }

  @Override
  public String text(ProcSnapshots machine) {
    VmallocInfo info = machine.vmallocInfo();
    ProcText out = new ProcText();
    for (VmallocInfo.Area area : info.areas()) {
      range(info, area.start(), area.end(), out);
      if (area.described()) {
        described(info, area, out);
      } else {
        out.add(" vm_map_ram");
      }
      out.line();
    }
    for (long[] range : info.unpurged()) {
      range(info, range[0], range[1], out);
      out.add(" unpurged vm_area").line();
    }
    return out.toString();
  }

  private static void range(VmallocInfo info, long start, long end, ProcText out) {
    out.add(address(info, start)).add("-").add(address(info, end)).add(" ");
    out.right(end - start, SIZE_COLUMNS);
  }

  private static String address(VmallocInfo info, long address) {
    return switch (info.addresses()) {
      case REAL -> "0x" + hex(address, info.wide() ? 16 : 8);
      case ZERO -> "0x" + hex(0, info.wide() ? 16 : 8);
      case HASHED -> info.wide() ? "0x(____ptrval____)" : "0x(ptrval)";
    };
  }

  private static void described(VmallocInfo info, VmallocInfo.Area area, ProcText out) {
    out.add(" ").add(area.caller());
    if (area.nrPages() != 0) {
      out.add(" pages=").add(area.nrPages());
    }
    if (area.phys() != 0) {
      out.add(" phys=0x").add(hex(area.phys(), info.wide() || info.pae() ? 16 : 8));
    }
    flag(area, VM_IOREMAP, " ioremap", out);
    flag(area, VM_ALLOC, " vmalloc", out);
    flag(area, VM_MAP, " vmap", out);
    flag(area, VM_USERMAP, " user", out);
    flag(area, VM_DMA_COHERENT, " dma-coherent", out);
    if (area.vpages()) {
      out.add(" vpages");
    }
    for (int nid = 0; info.numa() && nid < area.nodes().length; nid++) {
      if (area.nodes()[nid] != 0) {
        out.add(" N").add(nid).add("=").add(area.nodes()[nid]);
      }
    }
  }

  private static void flag(VmallocInfo.Area area, int flag, String word, ProcText out) {
    if ((area.flags() & flag) != 0) {
      out.add(word);
    }
  }

  private static String hex(long value, int digits) {
    String hex = Long.toHexString(value);
    return "0".repeat(Math.max(0, digits - hex.length())) + hex;
  }
}
