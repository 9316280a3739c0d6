package kmemsh.command;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import kmemsh.lang.Values;
import kmemsh.lang.Words;
import kmemsh.machine.Machine;
import kmemsh.machine.Profile;
import kmemsh.machine.Profiles;
import kmemsh.op.Refused;
import kmemsh.session.Session;
import kmemsh.session.SessionFile;
import kmemsh.view.CacheInfo;
import kmemsh.view.CacheTable;
import kmemsh.view.SlabComparison;

/** {@code compare FILE}: the same script on SLAB, SLUB and SLOB, each on a machine of its own. */
final class CompareCommand extends Command {
  private static final String[] KINDS = {"slab", "slub", "slob"};

  private boolean comparing;

  CompareCommand() {
    super(
        new Usage("compare", CommandTable.LOOKING, "Run a script on SLAB, SLUB and SLOB")
            .required("FILE", ArgKind.FILE, "a script; what it prints is not shown"));
  }

  @Override
  public Reply run(Arguments arguments) {
    String file = arguments.word(0);
    if (comparing) {
      throw new Refused(Words.show(file) + " cannot be compared inside of a comparison");
    }
    if (!isFile(file)) {
      throw new Refused(
          Words.show(file)
              + " is no file: compare runs the commands in a FILE on SLAB, SLUB and SLOB; write"
              + " them there, or let save FILE write those of this session");
    }
    comparing = true;
    try {
      List<SlabComparison.Side> sides = new ArrayList<>();
      for (String kind : KINDS) {
        sides.add(side(kind, file, arguments.session().machine().profile()));
      }
      return Reply.of(new SlabComparison(file, sides));
    } finally {
      comparing = false;
    }
  }

  private static boolean isFile(String name) {
    try {
      return Files.exists(Path.of(name));
    } catch (InvalidPathException noName) {
      return false;
    }
  }

  private static SlabComparison.Side side(String kind, String file, Profile now) {
    Profile profile = profile(kind, now);
    Session session = new Session(new Machine(profile));
    long[] before = totals(session.machine());
    long refused = run(session, file);
    ObjectCounter counter = new ObjectCounter();
    session.factsSince(session.lastReboot(), counter, n -> {});
    long[] after = totals(session.machine());
    return new SlabComparison.Side(
        kind,
        after[0] - before[0],
        after[1] - before[1],
        counter.allocations,
        counter.fastAllocations,
        counter.frees,
        counter.fastFrees,
        counter.newSlabs,
        counter.freedSlabs,
        counter.askedBytes(),
        refused);
  }

  private static Profile profile(String kind, Profile now) {
    return Profiles.make(now.again(MachineTexts.read(now.name())).withSlab(kind));
  }

  /** Pages and slabs of all caches; for SLOB pages of its heap twice. */
  private static long[] totals(Machine machine) {
    CacheTable table = machine.files().caches();
    long pages = table.heapPages();
    long slabs = table.heapPages();
    for (CacheInfo cache : table.caches()) {
      pages += cache.pages();
      slabs += cache.numSlabs();
    }
    return new long[] {pages, slabs};
  }

  /** Runs all lines but those that boot another machine; gives how many were refused. */
  private static long run(Session session, String file) {
    Lab lab = new Lab(session, new Values(), new ProcTree(session), null);
    Interpreter interpreter = new Interpreter(lab, new CommandTable(lab));
    long refused = 0;
    try (BufferedReader reader = Scripts.open(file)) {
      Frame lines = Frame.source(file, reader);
      for (String line = lines.next(); line != null; line = lines.next()) {
        if (line.strip().startsWith("reboot")) {
          continue;
        }
        interpreter.begin(line);
        for (Reply reply = interpreter.next(); reply != null; reply = interpreter.next()) {
          refused += reply.ok() ? 0 : 1;
        }
      }
    } catch (IOException failure) {
      throw new Refused(Words.show(file) + " cannot be read: " + SessionFile.reason(failure));
    }
    return refused;
  }
}
