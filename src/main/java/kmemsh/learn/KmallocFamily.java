package kmemsh.learn;

import kmemsh.view.GeometryAnswer;
import kmemsh.view.ObjectResult;

/** Which cache kmalloc takes, what ksize says, and what is lost. */
final class KmallocFamily extends Family {
  KmallocFamily() {
    super("kmalloc", "kmalloc", "which kmalloc cache, and what ksize says");
  }

  @Override
  void make(Draft draft) {
    String slab = draft.pickOf("slab", "slub");
    draft.boot("--machine " + draft.pickOf("i386", "x86_64") + " --mem 64M --slab " + slab);
    int size = size(draft);
    draft.pictureText("The machine runs " + slab.toUpperCase(java.util.Locale.ROOT) + ".\n");
    ObjectResult object = (ObjectResult) draft.look("kmalloc " + size);
    if (draft.level() == 1) {
      draft.prompt("Which cache serves `kmalloc " + size + "`?");
      draft.word(object.cache());
    } else if (draft.level() == 2) {
      draft.prompt(
          "What does ksize say of the object that `kmalloc " + size + "` gives, in bytes?");
      draft.number(object.usableBytes());
    } else {
      int nr = draft.pick(2, 9) * 10;
      draft.prompt(
          "How many bytes are lost inside the objects that `repeat "
              + nr
              + " kmalloc "
              + size
              + "` takes?");
      draft.number(nr * (object.usableBytes() - size));
    }
    draft.hint("There are caches for the powers of two, and for 96 and 192 bytes.");
    draft.hint("The smallest cache that is large enough is taken; ksize gives the size it has.");
    draft.show("kmalloc " + size);
    draft.show("slabgeom " + size);
    draft.show("kmalloc_caches");
  }

  private static int size(Draft draft) {
    int power = draft.pick(3, 12);
    return power == 3 ? draft.pick(1, 8) : (1 << (power - 1)) + draft.pick(1, 1 << (power - 1));
  }

  @Override
  String meant(Bench bench, Question question, String given) {
    if (question.level() != 2) {
      return "";
    }
    long bytes = Long.parseLong(given);
    if (bytes < 1 || bytes > 8192) {
      return "there is no kmalloc cache of that size";
    }
    GeometryAnswer answer = (GeometryAnswer) bench.run("slabgeom " + bytes);
    String fit =
        bytes < Long.parseLong(question.answer()) ? "too small here" : "not the smallest that fits";
    return answer.kmallocBytes() == bytes
        ? "that is what " + answer.kmalloc() + " gives, which is " + fit
        : "no cache gives "
            + bytes
            + " bytes: a request of that size gets "
            + answer.kmallocBytes();
  }
}
