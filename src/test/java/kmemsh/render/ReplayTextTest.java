package kmemsh.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import kmemsh.text.Text;
import kmemsh.view.ReplayReport;
import kmemsh.view.ReplayReport.Difference;
import kmemsh.view.ReplayReport.Section;
import kmemsh.view.ReplayReport.Status;
import org.junit.jupiter.api.Test;

class ReplayTextTest {
  private static Section section(Status status, List<Difference> differences, String note) {
    return new Section("PAGE", "mix=0 seed=7 n=9", 12, 9, 30, status, differences, note);
  }

  @Test
  void aReportNamesItsSectionsAndItsSums() {
    ReplayReport report =
        new ReplayReport(
            "a.rec",
            List.of(
                new Section("BOOT", "", 1, 0, 83, Status.IDENTICAL, List.of(), ""),
                section(Status.IDENTICAL, List.of(), "with CPU 1 under the interleave policy"),
                section(Status.SKIPPED, List.of(), "not modelled yet")));
    Text out = new Text();

    ReplayText.report(report, out);

    assertThat(out.plain())
        .isEqualTo(
            """
            a.rec
              BOOT: 83 compared, identical
              PAGE mix=0 seed=7: 9 operations, 30 compared, identical
                with CPU 1 under the interleave policy
              PAGE mix=0 seed=7: skipped, not modelled yet
            3 sections: 2 identical, 0 different, 1 skipped; 9 operations, 143 compared
            """);
  }

  @Test
  void aDifferenceShowsBothSidesAndItsNeighbourhood() {
    Difference difference =
        new Difference(
            "free list of order 0 Movable of zone 1 (Normal), position 1",
            280,
            13059,
            "STATE end",
            "7",
            "8",
            List.of("a 0 2800 5", "f 0 5"),
            List.of("expected 1 [7]", "got      1 [8]"));
    Text out = new Text();

    ReplayText.section(section(Status.DIFFERENT, List.of(difference), ""), out);

    assertThat(out.plain())
        .isEqualTo(
            """
              PAGE mix=0 seed=7: 9 operations, 30 compared, different
                at operation 280, line 13059: free list of order 0 Movable of zone 1 \
            (Normal), position 1
                  recorded  STATE end
                  expected  7
                  got       8
                  around    expected 1 [7]
                            got      1 [8]
                  before    a 0 2800 5
                            f 0 5
            """);
  }
}
