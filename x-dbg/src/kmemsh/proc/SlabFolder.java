package kmemsh.proc;

import java.util.ArrayList;
import java.util.List;
import kmemsh.view.ProcSnapshots;
import kmemsh.view.SlubFiles;

/** /sys/kernel/slab: only SLUB has it. */
final class SlabFolder extends ProcFolder {
  private static final String ALLOCATOR = "slub";

  SlabFolder() {
    super(SlabDirectory.PATH);
  }

  @Override
  boolean exists(ProcSnapshots machine) {
    return machine.allocator().equals(ALLOCATOR);
  }

  @Override
  List<String> names(ProcSnapshots machine) {
    List<String> names = new ArrayList<>();
    List<SlubFiles> caches = machine.slubFiles();
    for (String directory : SlabDirectory.directories(caches)) {
      for (String name : SlabDirectory.names(SlabDirectory.find(caches, directory))) {
        names.add(directory + "/" + name);
      }
    }
    return names;
  }

  @Override
  ProcFile file(String name) {
    int slash = name.indexOf('/');
    boolean deep = slash < 0 || name.indexOf('/', slash + 1) >= 0;
    return deep ? null : new SlabFile(name.substring(0, slash), name.substring(slash + 1));
  }

  @Override
  ProcFile find(String name, ProcSnapshots machine) {
    if (!(file(name) instanceof SlabFile file)) {
      return null;
    }
    SlubFiles cache = SlabDirectory.find(machine.slubFiles(), file.directory());
    return cache != null && SlabDirectory.text(cache, file.name()) != null ? file : null;
  }
}
