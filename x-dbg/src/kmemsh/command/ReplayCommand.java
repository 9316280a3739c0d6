package kmemsh.command;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import kmemsh.capture.RecordingReader;
import kmemsh.lang.Words;
import kmemsh.op.Refused;
import kmemsh.replay.ReplayOptions;
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
    List<String> names = new ArrayList<>();
    for (int i = 0; i < arguments.nrRest(); i++) {
      names.add(arguments.rest(i));
    }
    Replayed all = new Replayed(ReplayFiles.run(names, options));
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
}
