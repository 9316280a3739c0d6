package kmemsh.command;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import kmemsh.capture.BadRecording;
import kmemsh.capture.RecordingReader;
import kmemsh.lang.Words;
import kmemsh.op.Refused;
import kmemsh.replay.ReplayOptions;
import kmemsh.replay.Replayer;
import kmemsh.view.ReplayReport;
import kmemsh.view.Replayed;

/**
 * {@code replay FILE...}: recordings of real kernels against the model, on machines of their own.
 * The session is not touched.
 */
final class ReplayCommand extends Command {
  ReplayCommand() {
    super(
        new Usage(
                "replay", CommandTable.MACHINE, "Compare recordings of real kernels with the model")
            .option("--section", "KINDS", ArgKind.NAME, "all", "kinds such as PAGE,BOOT")
            .rest("FILE", ArgKind.FILE, true, "a recording, plain or gzip"));
  }

  @Override
  public Reply run(Arguments arguments) {
    ReplayOptions options = new ReplayOptions(sections(arguments.option("--section")));
    List<ReplayReport> reports = new ArrayList<>();
    for (int i = 0; i < arguments.nrRest(); i++) {
      reports.add(replay(arguments.rest(i), options));
    }
    Replayed all = new Replayed(reports);
    return Reply.of(all).exitStatus(all.exitStatus());
  }

  private static Set<String> sections(String words) {
    Set<String> kinds = new LinkedHashSet<>();
    for (String word : words.split(",")) {
      String kind = word.strip().toUpperCase(Locale.ROOT);
      if (kind.isEmpty()) {
        continue;
      }
      if (!RecordingReader.kinds().contains(kind)) {
        throw new Refused(
            Words.show(word)
                + " is no kind of section: "
                + String.join(", ", RecordingReader.kinds()));
      }
      kinds.add(kind);
    }
    return kinds;
  }

  private static ReplayReport replay(String name, ReplayOptions options) {
    List<ReplayReport.Section> sections = new ArrayList<>();
    try (Replayer replayer = Replayer.open(Path.of(name), options)) {
      ReplayReport.Section section = replayer.next();
      while (section != null) {
        sections.add(section);
        if (Thread.interrupted()) {
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
