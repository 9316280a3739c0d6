package kmemsh.learn;

import java.util.ArrayList;
import java.util.List;
import kmemsh.view.LeakReport;

/** A short script with one bug: who finds it? */
final class BugFamily extends Family {
  private static final String ALLOC_PAGES = " = alloc_pages ";

  BugFamily() {
    super("bug", "debugging", "find the bug in this script");
  }

  @Override
  void make(Draft draft) {
    draft.boot("--machine i386 --mem 64M --slab " + draft.pickOf("slab", "slub"));
    List<String> script = script(draft);
    StringBuilder picture = new StringBuilder();
    for (int i = 0; i < script.size(); i++) {
      picture.append(i + 1 < 10 ? "   " : "  ").append(i + 1).append("  ");
      picture.append(script.get(i)).append('\n');
    }
    draft.pictureText(picture.toString());
    choices(draft);
    Finding found = find(draft.bench(), script);
    if (draft.level() == 1) {
      draft.prompt("A driver's calls, one a line. What is wrong with them?");
      draft.choice(found.kind());
    } else {
      draft.prompt(
          "A driver's calls, one a line. Which line is the bug? For memory that is never given"
              + " back: the line that takes it. 0 when all is well.");
      draft.number(found.line());
    }
    draft.hint("Follow each name from the line that takes it to the line that gives it back.");
    draft.hint("Each object goes back once, and to the cache or call it came from.");
    for (String line : script) {
      draft.show(line);
    }
    draft.show("leaks");
    String taken = found.kind().equals("leak") ? script.get(found.line() - 1) : "";
    if (taken.contains(ALLOC_PAGES)) {
      // Pages are no objects, so leaks is silent about them.
      draft.show("whatis $" + taken.substring(0, taken.indexOf(ALLOC_PAGES)));
    }
  }

  /** What the machine says of a script, and of which line. */
  private record Finding(String kind, int line) {}

  private static void choices(Draft draft) {
    if (draft.level() > 1) {
      return;
    }
    draft.mayBe("none", "nothing", "then every line would be accepted and nothing be held");
    draft.mayBe(
        "leak",
        "something is never given back",
        "then leaks would list an object at the end, or pages stay allocated");
    draft.mayBe("double", "something is given back twice", "then a free would be refused");
    draft.mayBe(
        "cache", "something goes back to the wrong cache", "then a free would name another cache");
    draft.mayBe(
        "sleep",
        "a call that may sleep stands where nothing may sleep",
        "then a request in softirq context would have a mask that may sleep");
    draft.mayBe(
        "order", "a block goes back with the wrong order", "then a free would name another order");
  }

  private static List<String> script(Draft draft) {
    List<String> lines = new ArrayList<>();
    lines.add("kmem_cache_create req " + 8 * draft.pick(10, 60));
    lines.add("kmem_cache_create buf " + 8 * draft.pick(61, 120));
    List<String> frees = new ArrayList<>();
    int nr = draft.pick(3, 3 + draft.level());
    for (int i = 0; i < nr; i++) {
      take(draft, lines, frees, "p" + i);
    }
    if (draft.chance(40)) {
      boolean sleeps = draft.chance(60);
      inSoftirq(draft, lines, frees, sleeps);
      if (!sleeps) {
        spoil(draft, frees);
      }
    } else {
      spoil(draft, frees);
    }
    for (int i : draft.shuffled(frees.size())) {
      lines.add(frees.get(i));
    }
    return lines;
  }

  private static void take(Draft draft, List<String> lines, List<String> frees, String name) {
    int order = draft.pick(1, 3);
    switch (draft.pick(0, 3)) {
      case 0 -> {
        lines.add(name + " = kmem_cache_alloc req");
        frees.add("kmem_cache_free req $" + name);
      }
      case 1 -> {
        lines.add(name + " = kmem_cache_alloc buf");
        frees.add("kmem_cache_free buf $" + name);
      }
      case 2 -> {
        lines.add(name + " = kmalloc " + draft.pick(20, 2000));
        frees.add("kfree $" + name);
      }
      default -> {
        lines.add(name + ALLOC_PAGES + order);
        frees.add("free_pages $" + name + " " + order);
      }
    }
  }

  /** A part that runs in a softirq. */
  private static void inSoftirq(
      Draft draft, List<String> lines, List<String> frees, boolean sleeps) {
    lines.add("context softirq");
    lines.add("s = kmalloc " + draft.pick(20, 2000) + (sleeps ? " GFP_KERNEL" : " GFP_ATOMIC"));
    lines.add("context process");
    frees.add("kfree $s");
  }

  /** Breaks one of the frees, or none. */
  private static void spoil(Draft draft, List<String> frees) {
    int victim = draft.pick(0, frees.size() - 1);
    String free = frees.get(victim);
    switch (draft.pick(0, 4)) {
      case 0 -> {
        // Nothing is wrong.
      }
      case 1 -> frees.remove(victim);
      case 2 -> frees.add(free);
      default -> {
        if (free.startsWith("kmem_cache_free req")) {
          frees.set(victim, free.replace(" req ", " buf "));
        } else if (free.startsWith("kmem_cache_free buf")) {
          frees.set(victim, free.replace(" buf ", " req "));
        } else if (free.startsWith("free_pages")) {
          frees.set(victim, free.substring(0, free.length() - 1) + "0");
        } else {
          frees.remove(victim);
        }
      }
    }
  }

  private static Finding find(Bench bench, List<String> script) {
    for (int i = 0; i < script.size(); i++) {
      String shown = bench.said(script.get(i));
      if (bench.failed()) {
        return new Finding(kind(shown), i + 1);
      }
      if (shown.contains("may not: see dmesg")) {
        return new Finding("sleep", i + 1);
      }
    }
    LeakReport report = (LeakReport) bench.run("leaks");
    if (!report.leaks().isEmpty()) {
      return new Finding("leak", script.indexOf(report.leaks().get(0).line()) + 1);
    }
    return pagesHeld(bench, script);
  }

  private static String kind(String refusal) {
    String what = refusal.replace('\n', ' ');
    if (what.contains("was freed")) {
      return "double";
    }
    return what.contains("with order") ? "order" : "cache";
  }

  /** Pages are no objects: a block is held when the machine still knows it as allocated. */
  private static Finding pagesHeld(Bench bench, List<String> script) {
    for (int i = 0; i < script.size(); i++) {
      int equals = script.get(i).indexOf(ALLOC_PAGES);
      if (equals > 0) {
        String name = script.get(i).substring(0, equals);
        String order = script.get(i).substring(equals + ALLOC_PAGES.length());
        bench.run("free_pages $" + name + " " + order);
        if (!bench.failed()) {
          return new Finding("leak", i + 1);
        }
      }
    }
    return new Finding("none", 0);
  }
}
