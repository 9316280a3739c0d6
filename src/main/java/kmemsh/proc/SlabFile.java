package kmemsh.proc;

import kmemsh.view.ProcSnapshots;

/** One file of a directory of /sys/kernel/slab. */
public record SlabFile(String directory, String name) implements ProcFile {
  @Override
  public String path() {
    return SlabDirectory.PATH + "/" + directory + "/" + name;
  }

  @Override
  public boolean writable() {
    return name.equals("validate") || name.equals("shrink");
  }

  @Override
  public String text(ProcSnapshots machine) {
    return SlabDirectory.text(SlabDirectory.find(machine.slubFiles(), directory), name);
  }
}
