package kmemsh.learn;

import java.util.List;
import java.util.Locale;
import kmemsh.view.GeometryAnswer;

/** How many objects a slab holds and how much of it is lost. */
final class ObjectsFamily extends Family {
  private static final int PAGE = 4096;

  ObjectsFamily() {
    super("objects", "slab", "objects per slab, and waste");
  }

  @Override
  void make(Draft draft) {
    String slab = draft.pickOf("slab", "slub");
    draft.boot("--machine " + draft.pickOf("i386", "x86_64") + " --mem 64M --slab " + slab);
    int size = draft.level() == 1 ? 8 * draft.pick(4, 60) : draft.pick(20, 1500);
    GeometryAnswer answer = (GeometryAnswer) draft.look("slabgeom " + size);
    int perObject = answer.geometry().size();
    draft.pictureText(
        "The machine runs "
            + slab.toUpperCase(Locale.ROOT)
            + ". Objects lie "
            + perObject
            + " bytes apart, a slab has "
            + answer.slabBytes() / PAGE
            + (answer.slabBytes() == PAGE ? " page" : " pages")
            + (answer.indexBytes() > 0
                ? ", and " + answer.indexBytes() + " bytes of it hold the index of free objects.\n"
                : ".\n"));
    if (draft.level() < 3) {
      draft.prompt("How many objects of a cache of " + size + " bytes does one slab hold?");
      draft.number(answer.objects());
    } else {
      draft.prompt(
          "How many objects of a cache of "
              + size
              + " bytes does one slab hold, and how many bytes of it are left over? Two numbers.");
      draft.numbers(List.of((long) answer.objects(), (long) answer.wasteBytes()));
    }
    draft.hint("Bytes of the slab, less its index, divided by the distance of two objects.");
    draft.hint("What does not make another object is left over; SLAB colours with it.");
    draft.show("slabgeom " + size);
  }

  @Override
  String meant(Bench bench, Question question, String given) {
    long objects = Long.parseLong(given.split(" ", 2)[0]);
    String size = question.shows().get(0).substring("slabgeom ".length());
    GeometryAnswer answer = (GeometryAnswer) bench.run("slabgeom " + size);
    long bytes = objects * answer.geometry().size();
    return objects
        + " objects would take "
        + bytes
        + " bytes of "
        + (answer.slabBytes() - answer.indexBytes())
        + (bytes > answer.slabBytes() - answer.indexBytes()
            ? ": they do not fit"
            : ": " + (answer.slabBytes() - answer.indexBytes() - bytes) + " would be left");
  }
}
