package kmemsh.proc;

import kmemsh.view.ProcSnapshots;

/** One file of a directory of /sys/kernel/slab. */
record SlabFile(String directory, String name) implements ProcFile {
  @Override
  public String path() {
    return SlabDirectory.PATH + "/" + directory + "/" + name;
  }

  @Override
  public String text(ProcSnapshots machine) {
    return SlabDirectory.text(SlabDirectory.find(machine.slubFiles(), directory), name);
  }
}
