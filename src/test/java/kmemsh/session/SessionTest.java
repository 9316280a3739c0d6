package kmemsh.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.Gson;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import kmemsh.machine.Machine;
import kmemsh.machine.MachineOptions;
import kmemsh.machine.Profiles;
import kmemsh.op.AllocPages;
import kmemsh.op.Op;
import kmemsh.op.Refused;
import kmemsh.op.Repeat;
import kmemsh.trace.Trace;
import kmemsh.trace.TraceBuffer;
import kmemsh.view.Gfp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionTest {
  private final Session session = new Session(machine(32));

  private static Machine machine(int mib) {
    return new Machine(Profiles.make(new MachineOptions("i386", "", (long) mib << 20, 0, 0, "")));
  }

  /** Everything a recording would show: lists in order, page sets, watermarks, pageblocks. */
  private String state() {
    return new Gson().toJson(session.machine().pages().pageState());
  }

  private record Take(int order) implements Op {
    @Override
    public long run(Machine machine) {
      return machine.pages().allocator().allocPages(0xcc0, order);
    }
  }

  private record Give(int pfn, int order) implements Op {
    @Override
    public long run(Machine machine) {
      machine.pages().allocator().freePages(pfn, order);
      return 0;
    }
  }

  private record HalfDone(String why) implements Op {
    @Override
    public long run(Machine machine) {
      machine.pages().allocator().allocPages(0xcc0, 3);
      throw new Refused(why);
    }
  }

  /** Frees stand in the mix: with allocations alone a forgotten column goes unnoticed. */
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void goingBackAnywhereAndRunningAgainGivesTheSameResults(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Give> live = new ArrayList<>();
    List<Op> ops = new ArrayList<>();
    List<Long> first = new ArrayList<>();
    while (ops.size() < 1000) {
      boolean give = !live.isEmpty() && random.nextBoolean();
      Op op = give ? live.remove(random.nextInt(live.size())) : new Take(random.nextInt(6));
      long result = session.run(op);
      if (op instanceof Take take && result >= 0) {
        live.add(new Give((int) result, take.order()));
      }
      ops.add(op);
      first.add(result);
    }
    String end = state();
    int back = random.nextInt(1000);
    session.goTo(back);
    List<Long> second = new ArrayList<>(first.subList(0, back));
    for (Op op : ops.subList(back, ops.size())) {
      second.add(session.run(op));
    }
    assertThat(second).isEqualTo(first);
    assertThat(state()).isEqualTo(end);
  }

  @Test
  void aRefusedOperationChangesNothingEvenWhenHalfDone() {
    session.run(new Take(0));
    String before = state();
    assertThatThrownBy(() -> session.run(new HalfDone("why"))).hasMessage("why");
    assertThatThrownBy(() -> session.runAll(new Repeat(new HalfDone("why"), 3))).hasMessage("why");
    assertThat(state()).isEqualTo(before);
    assertThat(session.now()).isEqualTo(1);
    assertThat(session.size()).isEqualTo(1);
  }

  @Test
  void undoAndRedoMoveThroughTheSameStates() {
    List<String> states = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      states.add(state());
      session.run(new Take(i % 3));
    }
    states.add(state());
    for (int moment : new int[] {299, 64, 0, 63, 65, 300, 1}) {
      session.goTo(moment);
      assertThat(state()).as("moment %d", moment).isEqualTo(states.get(moment));
    }
    assertThatThrownBy(() -> session.undo(2))
        .hasMessage("2 operations cannot be undone: there is only 1");
    session.redo(299);
    assertThat(state()).isEqualTo(states.get(300));
    assertThatThrownBy(() -> session.redo(1)).isInstanceOf(Refused.class);
  }

  @Test
  void somethingNewForgetsWhatWasUndone() {
    session.run(new Take(0));
    session.run(new Take(1));
    session.undo(1);
    long cuts = session.cuts();
    session.run(new Take(2));
    assertThat(session.size()).isEqualTo(2);
    assertThat(session.cuts()).isEqualTo(cuts + 1);
    assertThat(session.opAt(2)).isEqualTo(new Take(2));
  }

  @Test
  void aRebootIsUndoneLikeAnyOperation() {
    session.run(new Take(3));
    String before = state();
    session.reboot(machine(64).profile());
    assertThat(session.lastReboot()).isEqualTo(2);
    assertThat(session.opAt(2)).isNull();
    for (int i = 0; i < 200; i++) {
      session.run(new Take(0));
    }
    String after = state();
    session.goTo(1);
    assertThat(state()).isEqualTo(before);
    assertThat(session.lastReboot()).isZero();
    session.goTo(202);
    assertThat(state()).isEqualTo(after);
    session.reset();
    assertThat(session.machine().profile().memBytes()).isEqualTo(64L << 20);
    assertThat(session.lastReboot()).isEqualTo(203);
  }

  @Test
  void aLongHistoryKeepsAFewCheckpointsAndReachesEveryMoment() {
    for (int i = 0; i < 20_000; i++) {
      long pfn = session.run(new Take(0));
      session.run(new Give((int) pfn, 0));
    }
    String end = state();
    session.goTo(12_345);
    session.goTo(40_000);
    assertThat(state()).isEqualTo(end);
  }

  @Test
  void everyEntryKnowsItsLine() {
    session.from("take 3", 0, 6);
    session.run(new Take(3));
    session.from("a; take 4", 3, 9);
    session.run(new Take(4));
    assertThat(session.textAt(1)).isEqualTo("take 3");
    assertThat(session.textAt(2)).isEqualTo("take 4");
  }

  @Test
  void theFactsOfAPastOperationAreStatedAgainAndThePresentStays() {
    long pfn = session.run(new Take(3));
    session.run(new Take(0));
    session.undo(1);
    String before = state();
    List<String> facts = new ArrayList<>();
    session.factsOf(1, sink(facts));
    assertThat(facts).contains("mmPageAlloc " + pfn);
    assertThat(state()).isEqualTo(before);
    assertThat(session.now()).isEqualTo(1);
    assertThat(session.machine().trace()).isSameAs(Trace.OFF);
  }

  private static Trace sink(List<String> facts) {
    return (Trace)
        Proxy.newProxyInstance(
            Trace.class.getClassLoader(),
            new Class<?>[] {Trace.class},
            (proxy, method, arguments) -> {
              facts.add(method.getName() + " " + arguments[0]);
              return null;
            });
  }

  @Test
  void thousandsOfResetsKeepTheHistory() {
    session.run(new Take(3));
    String taken = state();
    for (int i = 0; i < 2000; i++) {
      session.reset();
    }

    session.goTo(1);

    assertThat(state()).isEqualTo(taken);
    assertThat(session.size()).isEqualTo(2001);
  }

  @Test
  void aSessionThatBootsItsMachineComesBackToTheBoot() {
    Session booted = new Session(Profiles.standard());
    int first = (int) booted.run(new Take(3));
    for (int i = 0; i < 100; i++) {
      booted.run(new Take(0));
    }

    booted.goTo(0);

    assertThat(booted.run(new Take(3))).isEqualTo(first);
    assertThat(booted.machine().pages().allocatedOrder(first)).isEqualTo(3);
  }

  @Test
  void anInterruptStopsRedoAndExplainWhereTheyBegan() {
    Session session = new Session(new Machine(Profiles.make(MachineOptions.DEFAULT)));
    session.runAll(new Repeat(new AllocPages(Gfp.GFP_KERNEL, 0), 5000));
    session.undo(1);
    var before = session.machine().pages().pageState();

    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> session.redo(1)).hasMessageStartingWith("stopped");

    assertThat(session.now()).isZero();
    assertThat(session.machine().pages().pageState()).usingRecursiveComparison().isEqualTo(before);
    session.redo(1);
    var after = session.machine().pages().pageState();
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> session.factsOf(1, new TraceBuffer()))
        .hasMessageStartingWith("stopped");
    assertThat(session.machine().pages().pageState()).usingRecursiveComparison().isEqualTo(after);
  }

  private record Write(long phys, int value) implements Op {
    @Override
    public long run(Machine machine) {
      machine.bytes().set8(phys, value);
      return 0;
    }
  }

  @Test
  void contentsGoBackAndForthWithTheHistory() {
    session.run(new Write(0x123456, 7));
    session.run(new Write(0x123456, 8));
    session.undo(1);
    assertThat(session.machine().bytes().get8(0x123456)).isEqualTo(7);

    session.redo(1);
    assertThat(session.machine().bytes().get8(0x123456)).isEqualTo(8);
  }

  @Test
  void revealRunsTheHistoryAgainWithContentsOn() {
    Session booted = new Session(Profiles.standard());
    for (int i = 0; i < 300; i++) {
      booted.run(new AllocPages(Gfp.GFP_KERNEL, i % 3));
    }
    booted.undo(20);
    String before = new Gson().toJson(booted.machine().pages().pageState());

    booted.reveal();

    assertThat(booted.machine().isVivid()).isTrue();
    assertThat(booted.now()).isEqualTo(280);
    assertThat(new Gson().toJson(booted.machine().pages().pageState())).isEqualTo(before);
    booted.redo(20);
    assertThat(booted.now()).isEqualTo(300);
  }
}
