package kmemsh.command;

import kmemsh.machine.Machine;
import kmemsh.machine.MachineQueries;
import kmemsh.machine.Slabs;
import kmemsh.op.Refused;
import kmemsh.view.SlabObjects;

/** {@code slab NAME [N]}: one slab of a cache, or the slab of an object, as a grid. */
final class SlabCommand extends LookCommand {
  SlabCommand() {
    super(
        new Usage("slab", CommandTable.LOOKING, "Draw one slab with each of its objects")
            .required("NAME", ArgKind.CACHE, "which cache, or the address of an object")
            .optional("N", ArgKind.COUNT, "0", "which slab, as cache NAME counts them"));
  }

  @Override
  public Reply run(Arguments arguments) {
    CacheLook.needSlabs(arguments);
    MachineQueries machine = machine(arguments);
    long phys = phys(arguments);
    if (phys >= 0 && machine.slab().cacheOf(phys) != null) {
      String name = machine.slab().cacheOf(phys);
      return Reply.of(machine.slab().objects(name, machine.slab().slabNumber(phys)));
    }
    String name = CacheLook.name(arguments, 0);
    int nr = (int) Math.min(Integer.MAX_VALUE, arguments.number(1, 0));
    SlabObjects slab = machine.slab().objects(name, nr);
    if (slab == null) {
      int nrSlabs = machine.slab().nrSlabs(name);
      throw new Refused(
          nrSlabs == 0
              ? name + " has no slab yet: its first allocation makes one"
              : nr + " is not one of the slabs 0.." + (nrSlabs - 1) + " of " + name);
    }
    return Reply.of(slab);
  }

  /** The physical address that the first argument is, or -1 when it names a cache. */
  private static long phys(Arguments arguments) {
    Machine machine = arguments.session().machine();
    String word = arguments.word(0);
    boolean number =
        !word.isEmpty() && (word.charAt(0) == '$' || Character.isDigit(word.charAt(0)));
    if (!number || machine.slab().find(word) != Slabs.NO_CACHE) {
      return -1;
    }
    long address = arguments.value(0).number();
    return machine.pfnOf(address) == Machine.NO_PFN ? -1 : address - machine.pageOffset();
  }
}
