package kmemsh.command;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import kmemsh.capture.BadRecording;
import kmemsh.lang.Words;
import kmemsh.op.Refused;
import kmemsh.replay.ReplayOptions;
import kmemsh.replay.Replayer;
import kmemsh.view.ReplayReport;

/**
 * Replays recordings, several at a time where there are processors for it. What comes out, a
 * refusal too, is what one after the other gives.
 */
final class ReplayFiles {
  /** Each has a machine of its own in memory. */
  private static final int MOST_THREADS = 4;

  private final ReplayOptions options;
  private final List<FutureTask<ReplayReport>> tasks = new ArrayList<>();
  private final AtomicInteger next = new AtomicInteger();
  private volatile boolean stopped;
  private volatile boolean abandoned;

  private ReplayFiles(List<String> names, ReplayOptions options) {
    this.options = options;
    for (String name : names) {
      tasks.add(new FutureTask<>(() -> replay(name)));
    }
  }

  /** The reports in the order of {@code names}. */
  static List<ReplayReport> run(List<String> names, ReplayOptions options) {
    ReplayFiles files = new ReplayFiles(names, options);
    int nr = Math.min(names.size(), Runtime.getRuntime().availableProcessors());
    if (nr <= 1) {
      List<ReplayReport> reports = new ArrayList<>();
      for (String name : names) {
        reports.add(files.replay(name));
      }
      return reports;
    }
    return files.onThreads(Math.min(nr, MOST_THREADS));
  }

  private List<ReplayReport> onThreads(int nr) {
    stopped = Thread.interrupted();
    for (int i = 0; i < nr; i++) {
      Thread thread = new Thread(this::work, "replay-" + i);
      thread.setDaemon(true);
      thread.start();
    }
    try {
      List<ReplayReport> reports = new ArrayList<>();
      for (FutureTask<ReplayReport> task : tasks) {
        reports.add(result(task));
      }
      if (stopped) {
        Thread.currentThread().interrupt();
      }
      return reports;
    } finally {
      abandoned = true;
    }
  }

  private void work() {
    int index = next.getAndIncrement();
    while (index < tasks.size() && !abandoned) {
      tasks.get(index).run();
      index = next.getAndIncrement();
    }
  }

  /** An interrupt stops every file behind the section it is at. */
  private ReplayReport result(FutureTask<ReplayReport> task) {
    while (true) {
      try {
        return task.get();
      } catch (InterruptedException e) {
        stopped = true;
      } catch (ExecutionException e) {
        if (e.getCause() instanceof Error) {
          throw (Error) e.getCause();
        }
        throw (RuntimeException) e.getCause();
      }
    }
  }

  private ReplayReport replay(String name) {
    List<ReplayReport.Section> sections = new ArrayList<>();
    try (Replayer replayer = Replayer.open(Path.of(name), options)) {
      ReplayReport.Section section = replayer.next();
      while (section != null && !abandoned) {
        sections.add(section);
        if (stopped || Thread.interrupted()) {
          throw new Refused("stopped after " + sections.size() + " sections of " + name);
        }
        section = replayer.next();
      }
    } catch (BadRecording bad) {
      throw new Refused(bad.getMessage());
    } catch (InvalidPathException bad) {
      throw new Refused(Words.show(name) + " is no name of a file");
    }
    return new ReplayReport(name, sections);
  }
}
