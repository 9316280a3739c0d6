package kmemsh.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.Gson;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import kmemsh.machine.Machine;
import kmemsh.machine.MachineOptions;
import kmemsh.machine.Profiles;
import kmemsh.op.AllocPages;
import kmemsh.op.FreePages;
import kmemsh.op.Op;
import kmemsh.op.Refused;
import kmemsh.view.Gfp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimeWalkTest {
  private final Session session =
      new Session(new Machine(Profiles.make(new MachineOptions("i386", "", 32L << 20, 0, 0, ""))));
  private final TimeWalk walk = new TimeWalk(session);

  private String state() {
    return new Gson().toJson(session.machine().pages().pageState());
  }

  private long free() {
    return session.machine().pages().nrFreePages(1);
  }

  /** Random takes and gives; the free pages of Normal after each are kept in the result. */
  private List<Long> run(SplittableRandom random, int steps) {
    List<Long> frees = new ArrayList<>(List.of(free()));
    List<Op> gives = new ArrayList<>();
    for (int i = 0; i < steps; i++) {
      int order = random.nextInt(6);
      if (gives.isEmpty() || random.nextBoolean()) {
        long pfn = session.run(new AllocPages(Gfp.GFP_KERNEL, order));
        gives.add(new FreePages((int) pfn, order));
      } else {
        session.run(gives.remove(random.nextInt(gives.size())));
      }
      frees.add(free());
    }
    return frees;
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void theNearestMomentWhereSomethingHoldsIsTheOneThatLookingAtAllWouldGive(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Long> frees = run(random, 300);
    session.jump(random.nextInt(300));
    String before = state();
    for (int round = 0; round < 20; round++) {
      long wanted = frees.get(random.nextInt(300));
      int now = session.now();
      int back = frees.subList(0, now).lastIndexOf(wanted);
      int ahead = frees.subList(now + 1, 301).indexOf(wanted);

      assertThat(walk.lastBefore(() -> free() == wanted)).isEqualTo(back);
      assertThat(walk.firstAfter(() -> free() == wanted))
          .isEqualTo(ahead < 0 ? -1 : now + 1 + ahead);
      assertThat(session.now()).isEqualTo(now);
    }
    assertThat(state()).isEqualTo(before);
  }

  @Test
  void lookingAtAnotherMomentComesBack() {
    List<Long> frees = run(new SplittableRandom(9), 100);
    String before = state();

    assertThat(walk.at(37, this::free)).isEqualTo(frees.get(37));
    assertThat(state()).isEqualTo(before);
    assertThat(session.now()).isEqualTo(100);
  }

  @Test
  void marksGoWithTheMomentsTheyName() {
    run(new SplittableRandom(3), 10);
    session.marks().set("end", 10);
    session.marks().set("middle", 5);
    session.undo(7);
    session.run(new AllocPages(Gfp.GFP_KERNEL, 0));

    assertThat(session.marks().list()).isEmpty();
    session.marks().set("again", 2);
    session.marks().set("again", 3);
    assertThat(session.marks().list()).containsExactly(new Marks.Mark("again", 3));
  }

  @Test
  void aMomentBeyondTheHistoryIsRefusedAndNothingMoves() {
    run(new SplittableRandom(3), 10);

    assertThatThrownBy(() -> session.jump(11)).isInstanceOf(Refused.class);
    assertThat(session.now()).isEqualTo(10);
  }

  @Test
  void aSavedSessionKeepsItsMarks() {
    run(new SplittableRandom(3), 2);
    session.marks().set("here", 1);

    assertThat(SessionFile.text(session).lines()).filteredOn("mark here"::equals).hasSize(1);
  }
}
