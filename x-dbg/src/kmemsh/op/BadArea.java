package kmemsh.op;

import kmemsh.machine.AddressSpace;
import kmemsh.machine.Machine;
import kmemsh.view.Refusal;

/**
 * Areas that a kernel would complain about or suffer from when they are given back.
 *
 * <p>Spec: mappings.md 8 to 10
 */
final class BadArea {
  private static final long IN_PAGE = 4095;
  static final String[] CALLS = {"vfree", "vunmap", "iounmap", "vm_unmap_ram"};
  private static final String[] WARNINGS = {
    "Trying to vfree() nonexistent vm area (0x%)",
    "Trying to vfree() nonexistent vm area (0x%)",
    "iounmap: bad address 0x%",
    "BUG in vm_unmap_ram, which trusts its caller",
  };

  private BadArea() {}

  /** iounmap passes over the linear map. */
  static boolean isIgnored(Machine machine, long address, int kind) {
    return kind == FreeArea.IOUNMAP
        && Long.compareUnsigned(address, machine.space().layout().highMemory) <= 0;
  }

  /** Refuses what is no area of that kind. */
  static void check(Machine machine, long address, int kind) {
    CacheCheck.allocator(machine);
    if (address == 0 || isIgnored(machine, address, kind)) {
      return;
    }
    boolean inside = (address & IN_PAGE) != 0 && kind != FreeArea.IOUNMAP;
    AddressSpace space = machine.space();
    long start = space.areaStart(address);
    if (inside) {
      throw refused(
          hex(address) + " is not the start of a page, so it is the start of no area",
          kind == FreeArea.UNMAP_RAM
              ? "A real kernel would stop at BUG_ON"
              : "A real kernel would warn \"Trying to vfree() bad address\" and free nothing",
          start == 0 ? "" : giveBack(space, start));
    }
    if (start == 0) {
      throw nothing(machine, address, kind);
    }
    wrongKind(space, address, start, kind);
    if (kind != FreeArea.UNMAP_RAM && (address & ~IN_PAGE) != start) {
      throw refused(
          hex(address) + " lies inside the area that starts at " + hex(start),
          "A real kernel looks up the area around the address and would free all of it",
          giveBack(space, start));
    }
    if (space.isDeferred(start)) {
      throw refused(
          hex(start) + " was freed in interrupt context and waits for the worker",
          "A real kernel would link it into its list of deferred frees twice",
          "");
    }
    if (space.isArrayOfAnother(address)) {
      throw refused(
          hex(start) + " holds the page pointers of another area and goes with it",
          "A real kernel would free it and read it again when the other area is freed",
          "");
    }
  }

  private static Refused nothing(Machine machine, long address, int kind) {
    AddressSpace space = machine.space();
    String is = hex(address) + " is in no area";
    if (space.isLazy(address)) {
      is = hex(address) + " was freed already and waits for a purge";
    } else if (machine.pfnOf(address) >= 0) {
      is = hex(address) + " is an address of the linear map, not of the vmalloc range";
    } else if (!space.isVmalloc(address)) {
      is = hex(address) + " is no address of the vmalloc range";
    }
    String warning = WARNINGS[kind].replace("%", Long.toHexString(address));
    String would =
        kind == FreeArea.UNMAP_RAM
            ? "A real kernel would stop at BUG_ON"
            : "A real kernel would warn \"" + warning + "\" and free nothing";
    boolean object = machine.pfnOf(address) >= 0 && kind == FreeArea.VFREE;
    return refused(is, would, object ? "kfree " + hex(address) : "");
  }

  /** The area is of a kind that another call gives back. */
  private static void wrongKind(AddressSpace space, long address, long start, int kind) {
    int flags = space.areaFlags(start);
    boolean ram = flags == 0;
    if (kind == FreeArea.UNMAP_RAM && ram) {
      if (space.ramPages(address) == 0) {
        throw refused(
            hex(address) + " is not the start of anything that vm_map_ram gave",
            "A real kernel would take pages out of the block that others still use",
            "");
      }
      return;
    }
    int right = kindOf(flags);
    if (kind != right) {
      throw refused(
          hex(start) + " is an area of " + takenBy(right) + ", not one for " + CALLS[kind],
          would(kind, right),
          ram ? "" : giveBack(space, start));
    }
  }

  private static int kindOf(int flags) {
    if ((flags & AddressSpace.VM_ALLOC) != 0) {
      return FreeArea.VFREE;
    }
    if ((flags & AddressSpace.VM_IOREMAP) != 0) {
      return FreeArea.IOUNMAP;
    }
    return (flags & AddressSpace.VM_MAP) != 0 ? FreeArea.VUNMAP : FreeArea.UNMAP_RAM;
  }

  private static String takenBy(int kind) {
    return switch (kind) {
      case FreeArea.VFREE -> "vmalloc";
      case FreeArea.VUNMAP -> "vmap";
      case FreeArea.IOUNMAP -> "ioremap";
      default -> "vm_map_ram";
    };
  }

  private static String would(int kind, int right) {
    if (kind == FreeArea.UNMAP_RAM || right == FreeArea.UNMAP_RAM) {
      return "A real kernel finds no matching descriptor and warns or stops at a BUG";
    }
    return right == FreeArea.VFREE
        ? "A real kernel would give the addresses back and leak the pages behind them"
        : "A real kernel would give the addresses back as if nothing was wrong";
  }

  private static String giveBack(AddressSpace space, long start) {
    int flags = space.areaFlags(start);
    return flags == 0 ? "" : CALLS[kindOf(flags)] + " " + hex(start);
  }

  private static Refused refused(String what, String would, String suggestion) {
    return new Refused(new Refusal(what, would, suggestion));
  }

  static String hex(long address) {
    return "0x" + Long.toHexString(address);
  }
}
