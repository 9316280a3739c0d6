package kmemsh.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The tables of mappings.md 16, page-allocator.md 4.7 and proc-and-user.md 17. */
class ContextRulesTest {
  @ParameterizedTest
  @CsvSource({
    // call, process, atomic, irq_off, bh_off, softirq, hardirq, nmi
    "0, .RRRRRH",
    "1, ......H",
    "2, ......H",
    "3, .HHHHHH",
    "4, .RRHHHH",
    "5, .RRHHHH",
    "6, .RRRRRR",
    "9, .RRBBBB",
    "11, .RRDDDB",
    "12, .RRBBBB",
  })
  void theOutcomeOfACallIsThatOfTheSpec(int call, String outcomes) {
    StringBuilder found = new StringBuilder();
    for (int context = 0; context < ContextRules.names().length; context++) {
      found.append(ContextRules.outcome(call, context));
    }
    assertThat(found.toString()).isEqualTo(outcomes);
  }

  @ParameterizedTest
  @CsvSource({
    "process, 0, true, false, false",
    "atomic, 1, true, false, false",
    "irq_off, 0, true, false, true",
    "bh_off, 200, true, true, false",
    "softirq, 100, false, true, false",
    "hardirq, 10000, false, true, true",
    "nmi, 100000, false, true, true",
  })
  void aContextAnswersTheKernelsQuestions(
      String name, String preemptCount, boolean inTask, boolean inInterrupt, boolean irqsDisabled) {
    int context = List.of(ContextRules.names()).indexOf(name);
    assertThat(Integer.toHexString(ContextRules.preemptCount(context))).isEqualTo(preemptCount);
    assertThat(ContextRules.inTask(context)).isEqualTo(inTask);
    assertThat(ContextRules.inInterrupt(context)).isEqualTo(inInterrupt);
    assertThat(ContextRules.irqsDisabled(context)).isEqualTo(irqsDisabled);
  }

  @ParameterizedTest
  @CsvSource({
    "0, include/linux/sched/mm.h:274",
    "4, include/linux/highmem-internal.h:44",
    "5, include/linux/highmem-internal.h:55",
    "8, include/linux/highmem-internal.h:166",
    "9, include/linux/sched/mm.h:274",
    "10, mm/vmalloc.c:2907",
    "11, mm/vmalloc.c:2858",
    "12, mm/vmalloc.c:2879",
  })
  void everyCallThatIsReportedHasItsPlace(int call, String place) {
    assertThat(ContextRules.place(call)).isEqualTo(place);
  }
}
