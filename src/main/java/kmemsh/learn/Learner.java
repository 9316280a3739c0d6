package kmemsh.learn;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import kmemsh.view.DrillStats;

/** Who is learning: the scores, and the clock by which they are repeated. */
public final class Learner implements Recorder {
  private final Path directory;
  private final Clock clock;
  private ScoreFile scores;
  private String trouble = "";

  /**
   * @param directory where scores and progress are kept; it may be missing
   */
  public Learner(Path directory, Clock clock) {
    this.directory = directory;
    this.clock = clock;
  }

  /** The learner whose home {@code environment} names: XDG_DATA_HOME or {@code ~/.local/share}. */
  public static Learner of(Map<String, String> environment) {
    String data = environment.getOrDefault("XDG_DATA_HOME", "");
    String home = environment.getOrDefault("HOME", System.getProperty("user.home"));
    Path base = data.isEmpty() ? Path.of(home, ".local", "share") : Path.of(data);
    return new Learner(base.resolve("kmemsh"), Clock.system(ZoneId.systemDefault()));
  }

  public Clock clock() {
    return clock;
  }

  public Path directory() {
    return directory;
  }

  /** The scores, read when they are first asked for. */
  public ScoreFile scores() {
    if (scores == null) {
      scores = new ScoreFile(directory.resolve("scores"));
    }
    return scores;
  }

  /** Reads the scores again at their next use; another session may have added to them. */
  public void refresh() {
    scores = null;
  }

  @Override
  public void answered(String item, int grade) {
    // Whole seconds, as the file keeps them.
    Instant now = Instant.ofEpochSecond(clock.instant().getEpochSecond());
    try {
      scores().append(new Review(now, item, grade));
    } catch (IOException unwritable) {
      trouble = "your answers cannot be kept: " + unwritable.getMessage();
    }
  }

  @Override
  public String trouble() {
    return trouble.isEmpty() ? scores().trouble() : trouble;
  }

  /** The items among {@code families} that are due, as questions; the longest overdue first. */
  public List<Drill.Item> due(List<Family> families, long seed) {
    Memory memory = scores().memory();
    List<Drill.Item> plan = new ArrayList<>();
    for (String item : memory.due(clock.instant())) {
      for (Family family : families) {
        if (family.name().equals(item)) {
          plan.add(new Drill.Item(family, memory.level(item), seed * 1000 + plan.size()));
        }
      }
    }
    return plan;
  }

  /**
   * What to ask now: first what is due, then what was never asked, then whatever is left, each in a
   * random order that keeps topics apart.
   */
  public List<Drill.Item> plan(List<Family> families, int count, int level, long seed) {
    Memory memory = scores().memory();
    List<Family> due = new ArrayList<>();
    for (Drill.Item item : due(families, seed)) {
      due.add(item.family());
    }
    List<Family> fresh = new ArrayList<>();
    List<Family> rest = new ArrayList<>();
    for (Family family : families) {
      if (!due.contains(family)) {
        (memory.knows(family.name()) ? rest : fresh).add(family);
      }
    }
    List<Family> chosen = new ArrayList<>();
    Random random = new Random(seed);
    for (List<Family> group : List.of(due, fresh, rest)) {
      Collections.shuffle(group, random);
      chosen.addAll(interleaved(group));
    }
    List<Family> first = chosen.subList(0, Math.min(count, chosen.size()));
    return DrillPlan.mixed(first, count, level, seed, memory);
  }

  /** Computed questions and cards in turn, as long as there are both. */
  private static List<Family> interleaved(List<Family> group) {
    List<Family> cards = new ArrayList<>();
    List<Family> computed = new ArrayList<>();
    for (Family family : group) {
      (family instanceof CardFamily ? cards : computed).add(family);
    }
    List<Family> mixed = new ArrayList<>();
    for (int i = 0; i < Math.max(cards.size(), computed.size()); i++) {
      if (i < computed.size()) {
        mixed.add(computed.get(i));
      }
      if (i < cards.size()) {
        mixed.add(cards.get(i));
      }
    }
    return mixed;
  }

  /** When the next item is due, as a sentence. */
  public String nextDue() {
    Instant next = scores().memory().nextDue();
    return next == null
        ? "nothing was asked yet, so begin with drill"
        : "the next is on " + time(next) + "; drill asks without waiting";
  }

  /** A day; of today also the time. */
  private String time(Instant at) {
    LocalDateTime time = at.atZone(clock.getZone()).toLocalDateTime();
    boolean today = time.toLocalDate().equals(LocalDate.now(clock));
    String minute = time.toLocalTime().truncatedTo(ChronoUnit.MINUTES).toString();
    return time.toLocalDate() + (today ? " at " + minute : "");
  }

  public DrillStats statistics() {
    return Statistics.of(scores().memory(), DrillPlan.families("", true), clock);
  }

  /** Every answer as comma-separated values. */
  public String csv() {
    return Export.csv(scores().memory());
  }

  /** The cards as notes for Anki. */
  public String anki() {
    return Export.anki(Cards.all());
  }
}
