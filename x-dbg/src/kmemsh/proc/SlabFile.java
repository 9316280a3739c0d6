package kmemsh.proc;

import kmemsh.view.ProcSnapshots;

/** One file of a directory of /sys/kernel/slab. */
public record SlabFile(String directory, String name) implements ProcFile {
  /** The cache the directory is of. */
  public String cache(ProcSnapshots machine) {
    return SlabDirectory.find(machine.slubFiles(), directory).cache().name();
  }

  @Override
  public String path() {
    return SlabDirectory.PATH + "/" + directory + "/" + name;
  }

  @Override
  public boolean writable() {
    return SlabDirectory.isWritable(name);
  }

  @Override
  public String text(ProcSnapshots machine) {
    return SlabDirectory.text(SlabDirectory.find(machine.slubFiles(), directory), name);
  }
}
